import ArgumentParser

/// `authfcgi version`
struct VersionCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "version", abstract: "Print the version.")
    }

    func run() {
        print("authfcgi \(Version.text)")
    }
}
