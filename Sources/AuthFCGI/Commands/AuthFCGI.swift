import ArgumentParser

/// The program: one binary for the service and everything that a system administrator does with it.
@main
struct AuthFCGI: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "authfcgi",
            abstract: "Authentication behind a web server, over FastCGI.",
            version: Version.text,
            subcommands: [
                ServeCommand.self, ConfigCommand.self, DatabaseCommand.self, KeysCommand.self, MailCommand.self,
                SMSCommand.self, OutboxCommand.self, LimitsCommand.self, VersionCommand.self,
                WorkerCommand.self, CourierCommand.self,
            ])
    }
}
