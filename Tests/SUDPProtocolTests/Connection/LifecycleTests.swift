import Testing

@testable import SUDPProtocol

@Suite struct LifecycleTests {
    enum Step: CaseIterable, Sendable {
        case establish
        case linger
        case close
        case drain
        case abandon
        case expire
    }

    private static let early = Instant(nanoseconds: 1)
    private static let deadline = Instant(nanoseconds: 10)
    private static let closing = Lifecycle.Closing(
        code: .application(1), text: "enough", inInitial: true, inSession: true)

    private func lifecycle(after steps: [Step]) -> Lifecycle {
        var lifecycle = Lifecycle()
        for step in steps { take(step, &lifecycle) }
        return lifecycle
    }

    private func isOver(_ lifecycle: inout Lifecycle, now: Instant) -> Bool {
        lifecycle.endIfDue(now: now)
    }

    private func take(_ step: Step, _ lifecycle: inout Lifecycle) {
        switch step {
        case .establish: lifecycle.onEstablished()
        case .linger: lifecycle.linger(until: Self.deadline)
        case .close: lifecycle.close(Self.closing, reason: .stateLost, until: Self.deadline)
        case .drain: lifecycle.drain(.complete, until: Self.deadline)
        case .abandon: lifecycle.abandon(.peerLost(silentSeconds: 1))
        case .expire: _ = lifecycle.endIfDue(now: Self.deadline)
        }
    }

    /// How each state is reached, and the state after each step in the order of `Step.allCases`.
    static let table: [(path: [Step], after: [Lifecycle.State])] = [
        ([], [.established, .opening, .closing, .draining, .over, .opening]),
        ([.establish], [.established, .lingering, .closing, .draining, .over, .established]),
        (
            [.establish, .linger],
            [.lingering, .lingering, .closing, .draining, .over, .lingering]
        ),
        ([.close], [.closing, .closing, .closing, .draining, .over, .over]),
        ([.drain], [.draining, .draining, .draining, .draining, .over, .over]),
        ([.abandon], [.over, .over, .over, .over, .over, .over]),
    ]

    @Test(arguments: table)
    func `every state takes every step as the diagram says`(
        _ row: (path: [Step], after: [Lifecycle.State])
    ) {
        for (step, expected) in zip(Step.allCases, row.after) {
            #expect(lifecycle(after: row.path + [step]).state == expected, "\(row.path) \(step)")
        }
    }

    @Test func `the first reason stays`() {
        #expect(lifecycle(after: [.close, .drain]).reason == .stateLost)
        #expect(lifecycle(after: [.close, .abandon]).reason == .stateLost)
        #expect(lifecycle(after: [.drain, .abandon]).reason == .complete)
        #expect(lifecycle(after: [.abandon, .drain]).reason == .peerLost(silentSeconds: 1))
    }

    @Test func `who drains says nothing`() {
        #expect(lifecycle(after: [.close]).isClosePending)
        #expect(!lifecycle(after: [.close, .drain]).isClosePending)
        #expect(!lifecycle(after: [.close, .abandon]).isClosePending)
    }

    @Test func `data may go between the opening and the end`() {
        let paths: [([Step], Bool)] = [
            ([], false), ([.establish], true), ([.establish, .linger], true), ([.close], false),
            ([.drain], false), ([.abandon], false),
        ]
        for (path, expected) in paths {
            #expect(lifecycle(after: path).mayTransferData == expected, "\(path)")
        }
    }

    @Test func `no wait ends before its time`() {
        var closing = lifecycle(after: [.close])
        #expect(!isOver(&closing, now: Self.early))
        #expect(isOver(&closing, now: Self.deadline))
        #expect(!isOver(&closing, now: Self.deadline))
        let lingering = lifecycle(after: [.establish, .linger])
        #expect(!lingering.isLingerOver(now: Self.early))
        #expect(lingering.isLingerOver(now: Self.deadline))
        #expect(!lifecycle(after: [.establish]).isLingerOver(now: Self.deadline))
    }

    @Test func `CLOSE goes once in each protection`() {
        var lifecycle = lifecycle(after: [.close])
        lifecycle.onCloseSent(inInitial: true)
        #expect(lifecycle.isClosePending)
        lifecycle.onCloseSent(inInitial: false)
        #expect(!lifecycle.isClosePending)
    }

    @Test func `answers to packets after CLOSE get rarer`() {
        var lifecycle = lifecycle(after: [.close])
        lifecycle.giveUpClosing()
        var answered: [Int] = []
        for number in 1...100 {
            lifecycle.onPacketWhileClosing()
            guard lifecycle.isClosePending else { continue }
            answered.append(number)
            lifecycle.giveUpClosing()
        }
        #expect(answered == [1, 2, 4, 8, 16, 32, 64])
        var draining = self.lifecycle(after: [.drain])
        draining.onPacketWhileClosing()
        #expect(!draining.isClosePending)
    }
}
