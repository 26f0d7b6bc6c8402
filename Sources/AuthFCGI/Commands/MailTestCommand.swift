import ArgumentParser
import AuthDomain

/// `authfcgi mail test`
struct MailTestCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "test", abstract: "Send a mail with a sample code by the configured transport.",
            discussion: """
                Exits with 0 once the transport has taken the mail. Else it says why, and exits with 69 when the mail is \
                refused for good, with 75 when it may be taken later (the server does not answer, or mail.transport \
                is off), with 64 when the address is none, and with 78 when the configuration is wrong.
                """)
    }

    @Argument(help: "Where the mail goes.")
    var address: EmailAddress

    @Option(help: "The language of the mail, such as fr or pt-BR.")
    var lang: LanguageTag?

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        let loaded = try configuration.load()
        let (transports, words) = try Composition.orExit { () throws(StartFailure) in
            let wording = try Wording(loaded)
            return (
                try Transports(loaded),
                wording.words(of: MessageKind.code.sample, in: lang.map { [$0] } ?? [], realm: "")
            )
        }
        let message = MailMessage(
            recipient: address, words: words, created: SystemClock.now(), id: 0, limit: Carrier.longestDelivery)
        try Self.orExit { () throws(DeliveryError) in try transports.mails().deliver(message) }
        print("taken by \(loaded.mail.transport.rawValue)")
    }

    /// Runs a delivery; one that fails is printed and ends the program with 69 or 75 (sysexits.h).
    static func orExit(_ deliver: () throws(DeliveryError) -> Void) throws {
        do throws(DeliveryError) {
            try deliver()
        } catch {
            Console.complain("authfcgi: \(error.reason)")
            throw ExitCode(error.isPermanent ? SystemExit.unavailable : SystemExit.temporary)
        }
    }
}
