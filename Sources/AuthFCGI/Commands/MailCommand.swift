import ArgumentParser

/// `authfcgi mail`
struct MailCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "mail", abstract: "Try out how mails are sent and what they say.",
            subcommands: [MailTestCommand.self, MailPreviewCommand.self, MailTemplatesCommand.self])
    }
}
