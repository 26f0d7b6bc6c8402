import ArgumentParser
import AuthDomain

/// `authfcgi sms`
struct SMSCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sms", abstract: "Try out how texts are sent.", subcommands: [Test.self])
    }

    /// `authfcgi sms test`
    struct Test: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: "Send a text with a sample code by the configured transport.",
                discussion: """
                    Exits with 0 once the transport has taken the text. Else it says why, and exits with 69 when the text is \
                    refused for good, with 75 when it may be taken later (the gateway does not answer, or sms.transport is \
                    off), with 64 when the number is none, and with 78 when the configuration is wrong.
                    """)
        }

        @Argument(help: "The number, with + and its country.")
        var number: String

        @Option(help: "The language of the text, such as fr or pt-BR.")
        var lang: LanguageTag?

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            guard let phone = PhoneNumber(number) else { throw ValidationError("\(number) is no phone number") }
            let loaded = try configuration.load()
            let (transports, text) = try Composition.orExit { () throws(StartFailure) in
                let wording = try Wording(loaded)
                return (
                    try Transports(loaded),
                    wording.text(of: MessageKind.code.sample, in: lang.map { [$0] } ?? [], realm: "")
                )
            }
            let message = TextMessage(
                recipient: phone.key, body: text, created: SystemClock.now(), id: 0, limit: Carrier.longestDelivery)
            try MailTestCommand.orExit { () throws(DeliveryError) in try transports.texts().deliver(message) }
            print("taken by \(loaded.sms.transport.rawValue)")
        }
    }
}
