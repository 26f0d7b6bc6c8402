import Foundation
import Testing

@testable import AuthFCGI

/// A port of this machine at which nobody answers.
private final class SilentPort {
    let number: UInt16
    private var descriptors: [Int32] = []

    /// - Parameter isOpen: whether connections come about, though nothing is said over them.
    init(isOpen: Bool) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        _ = unsafe Self.call(&address) { unsafe bind(listener, $0, size) }
        _ = unsafe Self.call(&address) { unsafe getsockname(listener, $0, &size) }
        // With no place in the queue the system drops what asks for a connection (listen(2)).
        listen(listener, isOpen ? 16 : 0)
        number = UInt16(bigEndian: address.sin_port)
        descriptors = [listener]
        for _ in 0..<(isOpen ? 0 : 4) {
            let visitor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            _ = unsafe Self.call(&address) { unsafe connect(visitor, $0, size) }
            descriptors.append(visitor)
        }
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    private static func call(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Int32
    ) -> Int32 {
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0) }
        }
    }
}

@Suite(.serialized)
struct MariaDBConnectTimeoutTests {
    /// Holds so many hosts' time against what it should be; what a busy machine adds is not theirs.
    private func expectFailure(of hosts: Int = 1, areOpen: Bool, within timeout: Duration, after time: Duration) {
        let ports = (0..<hosts).map { _ in SilentPort(isOpen: areOpen) }
        let settings = MariaDBSettings(
            hosts: ports.map { .tcp("127.0.0.1", $0.number) }, user: "u", password: nil, database: "d",
            connectTimeout: timeout, queryTimeout: .seconds(5), tls: .off)
        let lateness = Lateness()
        let start = ContinuousClock.now
        let error = withExtendedLifetime(ports) {
            mariaDBError { _ = try MariaDBConnection(settings).row("SELECT 1") }
        }
        let taken = ContinuousClock.now - start
        #expect(error?.kind == .refused)
        #expect(taken >= time)
        #expect(taken - lateness.end() * 4 < time + .milliseconds(500))
    }

    @Test(arguments: [Duration.milliseconds(300), .milliseconds(1_900)], [true, false])
    func `a host that does not answer is waited for half as long as is configured`(timeout: Duration, isOpen: Bool) {
        expectFailure(areOpen: isOpen, within: timeout * 2, after: timeout)
    }

    @Test(arguments: [2, 4])
    func `all hosts together are waited for as long as is configured`(hosts: Int) {
        expectFailure(of: hosts, areOpen: true, within: .milliseconds(1_200), after: .milliseconds(1_200))
    }
}
