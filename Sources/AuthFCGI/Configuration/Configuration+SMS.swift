extension Configuration {
    /// `[sms]`: how texts leave.
    struct SMS: Hashable, Sendable {
        /// What takes a text.
        enum Transport: String, CaseIterable, Sendable {
            /// A gateway's HTTP API.
            case http
            /// A program.
            case command
            /// A file a text, for development.
            case file
            /// Nothing: texts are not sent.
            case off

            /// Whether texts reach people.
            var isReal: Bool {
                switch self {
                case .http, .command: true
                case .file, .off: false
                }
            }
        }

        var transport = Transport.off
        /// The gateway's `http` or `https` URL; it may have a query.
        var url: String?
        /// What the gateway is sent; `{{phone}}` and `{{text}}` stand for the number and the text.
        var body = #"{"to":"{{phone}}","text":"{{text}}"}"#
        /// Header fields for the gateway, one a line; nil for none.
        var headers: SecretFile?
        /// The program's absolute path and its arguments.
        var command: [String] = []
        /// For the transport `file`.
        var directory: String?

        static let keys = [
            ConfigurationKey("sms", "transport", \.sms.transport, .choice, "what takes a text"),
            ConfigurationKey(
                "sms", "url", \.sms.url,
                .optional(
                    .text(
                        "http or https URL", accepted: #"a URL such as "https://sms.example.org/send""#,
                        octets: 1...2048,
                        isRepeatable: false
                    ) { text in
                        WebURL(String(text.prefix { $0 != "?" })) != nil
                            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x23 }
                    }), "transport http: the gateway's"),
            ConfigurationKey(
                "sms", "body", \.sms.body,
                .parsed(
                    "template", accepted: "1 to 16384 octets that hold {{phone}} and {{text}}", isRepeatable: false,
                    parse: { text in
                        (1...16_384).contains(text.utf8.count) && text.contains("{{phone}}")
                            && text.contains("{{text}}") && !text.utf8.contains(0) ? text : nil
                    }, text: { $0 }), "transport http: what the gateway is sent"),
            ConfigurationKey(
                "sms", "headers_file", \.sms.headers, .optional(.secretFile),
                "transport http: header fields, one a line, such as Authorization"),
            ConfigurationKey(
                "sms", "command", \.sms.command,
                .list(
                    of: .text(
                        "argument", accepted: "1 to 1024 octets without control characters", isRepeatable: false),
                    0...64), "transport command: a program's absolute path and its arguments"),
            ConfigurationKey(
                "sms", "directory", \.sms.directory, .optional(.path), "transport file: a file a text, for development"),
        ]
    }
}
