import Testing

@testable import AuthFCGI

/// How many of a worker's threads look for requests.
@Suite struct WorkerCommandTests {
    private func onDuty(threads: Int, processes: Int = 1, hosts: [Configuration.DatabaseHost] = [.socket]) -> Int {
        var configuration = Configuration()
        configuration.server.threads = threads
        configuration.server.processes = processes
        configuration.database.hosts = hosts
        return WorkerCommand.onDuty(configuration)
    }

    @Test(arguments: [1, 2, 3]) func `no more than have a connection to the database each`(threads: Int) {
        #expect(onDuty(threads: threads) == threads)
    }

    @Test func `of many processes each has two at least, and fewer than one alone`() {
        #expect(onDuty(threads: 512, processes: 64) >= 2)
        #expect(onDuty(threads: 512, processes: 64) < onDuty(threads: 512))
    }

    @Test func `all, where the database is on another machine`() {
        #expect(onDuty(threads: 7, hosts: [.socket, .network(host: "db.example", port: 3306)]) == 7)
    }

    @Test func `as many connections as threads look are kept at rest where the database is on another machine`() {
        var configuration = Configuration()
        configuration.server.threads = 512
        #expect(WorkerCommand.kept(configuration) < WorkerCommand.onDuty(configuration))
        configuration.database.hosts = [.network(host: "db.example", port: 3306)]
        #expect(WorkerCommand.kept(configuration) == 512)
    }

    @Test(arguments: [1, 2, 8, 32, 512]) func `no more than it may have`(threads: Int) {
        var configuration = Configuration()
        configuration.server.threads = threads
        for hosts: [Configuration.DatabaseHost] in [[.socket], [.network(host: "db.example", port: 3306)]] {
            configuration.database.hosts = hosts
            let onDuty = WorkerCommand.onDuty(configuration)
            #expect(WorkerCommand.kept(configuration) <= onDuty, "connections to the database, at rest")
            #expect(onDuty <= threads)
        }
    }
}
