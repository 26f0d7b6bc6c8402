/// A row of the table of keys: how one key is called, written and explained, and where its value lives.
///
/// The key's default is what the place holds in `Configuration()`, so that it is written down once.
struct ConfigurationKey: Sendable {
    let section: String
    let name: String
    /// What the key does, in a line.
    let summary: String
    let accepted: String
    private let isRepeatable: Bool
    private let shape: ConfigurationShape
    private let read: @Sendable (ConfigurationValue, inout Configuration) throws(ConfigurationFault) -> Void
    private let write: @Sendable (Configuration) -> ConfigurationValue

    /// A key of `section`, kept at `place`.
    init<Value>(
        _ section: String, _ name: String, _ place: any WritableKeyPath<Configuration, Value> & Sendable,
        _ form: ConfigurationForm<Value>, _ summary: String
    ) {
        self.section = section
        self.name = name
        self.summary = summary
        accepted = form.accepted
        isRepeatable = form.isRepeatable
        shape = form.shape
        read = { raw, configuration throws(ConfigurationFault) in configuration[keyPath: place] = try form.read(raw) }
        write = { form.write($0[keyPath: place]) }
    }

    /// "otp.resend_after".
    var path: String { "\(section).\(name)" }

    /// "AUTHFCGI_OTP_RESEND_AFTER".
    var variable: String {
        "AUTHFCGI_" + String(path.map { $0 == "." ? "_" : $0 }).uppercased()
    }

    /// The key's value in `configuration`, as the file would have it.
    func value(in configuration: Configuration) -> ConfigurationValue { write(configuration) }

    /// What an environment variable's text stands for. Lists are separated by commas.
    func value(ofVariable text: String) -> ConfigurationValue { shape.value(of: text) }

    /// Puts a value in its place. Returns what is wrong with it, for a person; nil when nothing is.
    func set(_ value: ConfigurationValue, in configuration: inout Configuration) -> String? {
        do throws(ConfigurationFault) {
            try read(value, &configuration)
            return nil
        } catch {
            return Self.complaint(error, of: value, isRepeatable: isRepeatable) + "; accepted: " + accepted
        }
    }

    private static func complaint(
        _ fault: ConfigurationFault, of value: ConfigurationValue, isRepeatable: Bool
    ) -> String {
        let shown =
            switch value {
            case .text(let text) where !isRepeatable || text.utf8.count > 80: "the text"
            case .list where !isRepeatable, .other: "the value"
            case .text, .integer, .boolean, .list: value.literal
            }
        return switch fault {
        case .wrongKind: "\(shown) is \(value.kind)"
        case .outOfRange: "\(shown) is out of range"
        case .malformed(let noun): "\(shown) is no \(noun)"
        case .element(let number): "element \(number) of \(shown) is not right"
        case .tooFew: "too few elements"
        case .tooMany: "too many elements"
        }
    }
}
