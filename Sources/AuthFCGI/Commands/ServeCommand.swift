import ArgumentParser
struct ServeCommand: ParsableCommand { static var configuration: CommandConfiguration { CommandConfiguration(commandName: "serve") } }
struct WorkerCommand: ParsableCommand { static var configuration: CommandConfiguration { CommandConfiguration(commandName: "worker") } }
struct CourierCommand: ParsableCommand { static var configuration: CommandConfiguration { CommandConfiguration(commandName: "courier") } }
