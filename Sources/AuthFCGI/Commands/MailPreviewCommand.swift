import ArgumentParser
import AuthDomain

/// `authfcgi mail preview`
struct MailPreviewCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "preview", abstract: "Print a message with sample values, as somebody would get it.",
            discussion: "Nothing is sent. Without an option, the subject and the plain part are printed.")
    }

    @Argument(help: "What kind of message.")
    var kind: MessageKind

    @Option(help: "The language of who gets it, such as fr or pt-BR; without it, site.default_locale.")
    var lang: LanguageTag?

    @Option(help: "The tenant whose templates are taken.")
    var tenant: String?

    @Flag(help: "Print the page of the mail instead.")
    var html = false

    @Flag(help: "Print the text that goes to phones instead.")
    var sms = false

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        let loaded = try configuration.load()
        let wording = try Composition.orExit { () throws(StartFailure) in try Wording(loaded) }
        let languages = lang.map { [$0] } ?? []
        let realm = tenant.map { "\($0)/preview" } ?? "preview"
        if sms { return print(wording.text(of: kind.sample, in: languages, realm: realm)) }
        let words = wording.words(of: kind.sample, in: languages, realm: realm)
        print(html ? words.html : "Subject: \(words.subject)\n\n\(words.body)", terminator: "")
    }
}

extension MessageKind: ExpressibleByArgument {}

extension MessageKind {
    /// A message of this kind with values that nobody was ever sent.
    var sample: Message.Content {
        let link = Message.Content.resetLink("https://auth.example.org/reset-password/SAMPLE")
        guard let code = OneTimeCode("123456") else { return link }
        return switch self {
        case .code: .code(code, .verification)
        case .passwordReset: .code(code, .passwordReset)
        case .resetLink: link
        case .passwordChanged: Self.sample(.passwordChanged)
        case .newDevice: Self.sample(.newDevice, "https://auth.example.org/end-session/SAMPLE")
        case .registrationAttempted: Self.sample(.registrationAttempted)
        }
    }

    private static func sample(_ kind: Notice.Kind, _ link: String? = nil) -> Message.Content {
        let moment = Timestamp(microseconds: 1_767_225_540_000_000)
        return .notice(Notice(kind: kind, moment: moment, client: "192.0.2.7", link: link))
    }
}

extension LanguageTag: ExpressibleByArgument {
    /// A language tag of the command line.
    public init?(argument: String) { self.init(argument) }
}

extension EmailAddress: ExpressibleByArgument {
    /// An address of the command line.
    public init?(argument: String) { self.init(argument) }
}
