import Glibc
import Synchronization
import Testing

@testable import AuthFCGI

/// Who looks for requests, who stands aside and who rests.
@Suite struct FastCGIDutyTests {
    /// What threads that share a duty do.
    private final class Tally: Sendable {
        let begun = Atomic(0)
        let looking = Atomic(0)
        let most = Atomic(0)
        let rounds = Atomic(0)
        let stuck = Atomic(0)
        /// How many may still get stuck, standing aside.
        let toStick: Atomic<Int>
        let isReleased = Atomic(false)

        init(toStick: Int = 0) { self.toStick = Atomic(toStick) }

        /// Looks for work again and again; what it finds takes as long as the test wants.
        func work(_ shift: Duty.Shift) {
            begun.add(1, ordering: .relaxed)
            while shift.look() {
                most.max(looking.add(1, ordering: .sequentiallyConsistent).newValue, ordering: .relaxed)
                usleep(100)
                looking.subtract(1, ordering: .sequentiallyConsistent)
                rounds.add(1, ordering: .relaxed)
                guard toStick.subtract(1, ordering: .relaxed).oldValue > 0 else { continue }
                shift.standAside()
                stuck.add(1, ordering: .relaxed)
                while !isReleased.load(ordering: .relaxed) { usleep(100) }
                stuck.subtract(1, ordering: .relaxed)
            }
        }
    }

    /// Whether it comes about within ten seconds.
    private func comes(_ condition: () -> Bool) -> Bool {
        for _ in 0..<10_000 {
            if condition() { return true }
            usleep(1_000)
        }
        return false
    }

    /// Sends everybody home, and waits until they are gone.
    private func end(_ duty: Duty, _ tally: Tally) {
        tally.isReleased.store(true, ordering: .relaxed)
        duty.end()
        #expect(comes { duty.count == 0 })
    }

    @Test func `there are as many threads as places, as long as nobody stands aside`() throws {
        let tally = Tally()
        let duty = try Duty(places: 2, threads: 6, work: tally.work)
        try duty.begin()
        #expect(comes { tally.rounds.load(ordering: .relaxed) > 200 })
        #expect(tally.begun.load(ordering: .relaxed) == 2)
        #expect(duty.count == 2)
        end(duty, tally)
    }

    @Test func `who stands aside is replaced, and never more look than there are places`() throws {
        let tally = Tally(toStick: 3)
        let duty = try Duty(places: 1, threads: 4, work: tally.work)
        try duty.begin()
        #expect(comes { tally.stuck.load(ordering: .relaxed) == 3 })
        let rounds = tally.rounds.load(ordering: .relaxed)
        #expect(comes { tally.rounds.load(ordering: .relaxed) > rounds + 100 })
        tally.isReleased.store(true, ordering: .relaxed)
        #expect(comes { tally.stuck.load(ordering: .relaxed) == 0 })
        #expect(comes { tally.rounds.load(ordering: .relaxed) > rounds + 300 })
        #expect(tally.most.load(ordering: .relaxed) == 1)
        #expect(tally.begun.load(ordering: .relaxed) == 4)
        #expect(comes { duty.count == 2 }, "one looks, one rests, and the others have gone home")
        end(duty, tally)
    }

    @Test func `who is not needed for some time goes home, and comes again when needed`() throws {
        let tally = Tally(toStick: 2)
        let duty = try Duty(places: 2, threads: 6, work: tally.work)
        try duty.begin()
        #expect(comes { tally.stuck.load(ordering: .relaxed) == 2 })
        tally.isReleased.store(true, ordering: .relaxed)
        #expect(comes { tally.stuck.load(ordering: .relaxed) == 0 && duty.count == 4 })
        // They may still be on their way to rest.
        usleep(50_000)
        duty.sendHome(unusedFor: .seconds(60))
        duty.sendHome(unusedFor: .zero)
        usleep(50_000)
        #expect(duty.count == 4, "nobody has rested all the time since the last look")
        duty.sendHome(unusedFor: .seconds(60))
        usleep(50_000)
        #expect(duty.count == 4)
        duty.sendHome(unusedFor: .zero)
        #expect(comes { duty.count == 2 })
        tally.isReleased.store(false, ordering: .relaxed)
        tally.toStick.store(2, ordering: .relaxed)
        #expect(comes { tally.stuck.load(ordering: .relaxed) == 2 })
        let rounds = tally.rounds.load(ordering: .relaxed)
        #expect(comes { tally.rounds.load(ordering: .relaxed) > rounds + 100 })
        #expect(tally.most.load(ordering: .relaxed) <= 2)
        end(duty, tally)
    }

    @Test func `who is sent home takes nobody's place along`() throws {
        let tally = Tally()
        let duty = try Duty(places: 2, threads: 8) { shift in
            while shift.look() {
                tally.most.max(tally.looking.add(1, ordering: .sequentiallyConsistent).newValue, ordering: .relaxed)
                usleep(20)
                tally.looking.subtract(1, ordering: .sequentiallyConsistent)
                tally.rounds.add(1, ordering: .relaxed)
                shift.standAside()
            }
        }
        try duty.begin()
        for _ in 0..<2_000 {
            duty.sendHome(unusedFor: .zero)
            usleep(50)
        }
        let rounds = tally.rounds.load(ordering: .relaxed)
        #expect(comes { tally.rounds.load(ordering: .relaxed) > rounds + 1000 })
        #expect(tally.most.load(ordering: .relaxed) <= 2)
        duty.end()
        #expect(comes { duty.count == 0 })
    }

    @Test func `there are never more threads than allowed, and the first to come back goes on`() throws {
        let tally = Tally(toStick: 3)
        let duty = try Duty(places: 2, threads: 3, work: tally.work)
        try duty.begin()
        #expect(comes { tally.stuck.load(ordering: .relaxed) == 3 })
        #expect(duty.count == 3)
        let rounds = tally.rounds.load(ordering: .relaxed)
        tally.isReleased.store(true, ordering: .relaxed)
        #expect(comes { tally.rounds.load(ordering: .relaxed) > rounds + 100 })
        #expect(tally.most.load(ordering: .relaxed) <= 2)
        end(duty, tally)
    }

    @Test func `standing aside twice gives one place up`() throws {
        let seen = Atomic(0)
        let most = Atomic(0)
        let duty = try Duty(places: 1, threads: 8) { shift in
            while shift.look() {
                most.max(seen.add(1, ordering: .sequentiallyConsistent).newValue, ordering: .relaxed)
                usleep(200)
                seen.subtract(1, ordering: .sequentiallyConsistent)
                shift.standAside()
                shift.standAside()
            }
        }
        try duty.begin()
        usleep(200_000)
        #expect(most.load(ordering: .relaxed) == 1)
        duty.end()
        #expect(comes { duty.count == 0 })
    }
}
