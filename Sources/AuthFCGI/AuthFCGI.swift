import ArgumentParser
import Logging
import TOMLKit

@main
struct AuthFCGI: ParsableCommand {
    static var configuration: CommandConfiguration { CommandConfiguration(commandName: "authfcgi") }
    func run() throws {
        let table = try TOMLTable(string: "a = 1")
        Logger(label: "x").info("\(table.count)")
    }
}
