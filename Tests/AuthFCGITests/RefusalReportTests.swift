import Synchronization
import Testing

@testable import AuthFCGI

@Suite struct RefusalReportTests {
    @Test func `one peer a minute is told of, whoever comes meanwhile`() {
        let told = Mutex<[Peer]>([])
        let report = RefusalReport { peer in told.withLock { $0.append(peer) } }
        let start = ContinuousClock.now
        for (second, address) in [(0, "a"), (1, "b"), (59, "a"), (60, "c"), (119, "a"), (600, "d")] {
            report.add(.host(address), at: start + .seconds(second))
        }
        #expect(told.withLock { $0 } == [.host("a"), .host("c"), .host("d")])
    }
}
