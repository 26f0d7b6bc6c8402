import Testing

@testable import AuthFCGI

/// How long a message waits that could not be delivered.
struct CarrierPauseTests {
    @Test(arguments: [(Int64(0), 1), (1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (40, 30), (.max, 30)])
    func `a pause doubles up to half a minute and is up to a quarter longer`(attempts: Int64, seconds: Int) {
        let pauses = (0..<200).map { _ in Carrier.pause(after: attempts) }
        #expect(pauses.allSatisfy { (.milliseconds(1_000 * seconds)...(.milliseconds(1_250 * seconds))).contains($0) })
        #expect(Set(pauses).count > 20)
    }

    @Test func `a lease is longer than two deliveries`() {
        #expect(OutboxQueue.leaseTime > Carrier.longestDelivery * 2)
    }
}
