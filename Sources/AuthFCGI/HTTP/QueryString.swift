import AuthDomain

/// The parameters of a query (WHATWG URL, 5.1, `application/x-www-form-urlencoded`), read strictly: what could be meant
/// in two ways is not read.
struct QueryString: Equatable, Sendable {
    private struct Parameter: Equatable {
        let name: String
        let value: String
    }

    private let parameters: [Parameter]

    /// Nil when an escape is broken, the text is not UTF-8, or a name comes twice.
    init?(_ text: String) {
        var parameters: [Parameter] = []
        for pair in Array(text.utf8).split(separator: UInt8(ascii: "&")) {
            let border = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = Self.decoded(pair[..<border]),
                let value = Self.decoded(pair[border...].dropFirst())
            else { return nil }
            parameters.append(Parameter(name: name, value: value))
        }
        guard parameters.count < 2 || Set(parameters.map { Array($0.name.utf8) }).count == parameters.count else {
            return nil
        }
        self.parameters = parameters
    }

    /// The value of a parameter; nil when it is not there.
    subscript(name: String) -> String? { parameters.first { $0.name.hasSameOctets(as: name) }?.value }

    private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
        let isPlain = text.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "%") }
        if isPlain { return Self.text(text) }
        var octets: [UInt8] = []
        var rest = text
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "+"): octets.append(0x20)
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self).lowercased()
                guard digits.utf8.count == 2, let value = Hexadecimal.octets(digits)?.first else { return nil }
                octets.append(value)
                rest = rest.dropFirst(2)
            default: octets.append(octet)
            }
        }
        return Self.text(octets[...])
    }

    /// The text that octets are in UTF-8.
    private static func text(_ octets: ArraySlice<UInt8>) -> String? {
        do {
            return String(copying: try UTF8Span(validating: octets.span))
        } catch {
            return nil
        }
    }
}
