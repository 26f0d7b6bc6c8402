import Testing

@testable import AuthFCGI

/// What a reload leaves as it is.
struct ConfigurationRestartTests {
    @Test func `sockets and the number of workers stay, all else is taken`() throws {
        var read = try Configuration.load(
            text: """
                [server]
                listen = ["unix:/run/a"]
                socket_mode = "0600"
                socket_group = "a"
                backlog = 9
                processes = 9
                threads = 9
                [log]
                format = "json"
                """)
        var expected = read
        let kept = read.keepWhatNeedsRestart(of: Configuration()).map(\.path)
        #expect(
            kept == [
                "server.listen", "server.socket_mode", "server.socket_group", "server.backlog", "server.processes",
            ])
        expected.server = Configuration.Server()
        expected.server.threads = 9
        #expect(read == expected)
    }

    @Test func `what has not changed is not named`() {
        var read = Configuration()
        read.server.shutdownGrace = .zero
        #expect(read.keepWhatNeedsRestart(of: Configuration()).isEmpty)
        #expect(read.server.shutdownGrace == .zero)
    }
}
