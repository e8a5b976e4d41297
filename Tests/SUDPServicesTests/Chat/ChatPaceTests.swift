import Testing

@testable import SUDPServices

@Suite struct ChatPaceTests {
    /// Sends texts, each as soon as it may be; gives back the verdicts of a server that gets them
    /// all so much earlier than the first of them.
    private func verdicts(_ texts: [String], early: Duration) -> [FloodGate.Verdict] {
        let start = ContinuousClock.now
        var now = start
        var pace = ChatPace(now: start)
        var gate = FloodGate(now: 0)
        return texts.enumerated().map { index, text in
            now += pace.delay(of: text, now: now)
            pace.send(text, now: now)
            let arrival = now - start - (index == 0 ? .zero : early)
            return gate.admit(text, now: UInt64(max(0, arrival / .milliseconds(1))))
        }
    }

    @Test(arguments: [Duration.zero, .seconds(1)])
    func `a server lets everything pass that keeps the pace`(early: Duration) {
        let long = String(repeating: "x", count: ChatConstants.maximumTextByteCount)
        let tall = String(repeating: "x\n", count: ChatConstants.maximumLineCount - 1)
        for text in ["x", String(repeating: "x", count: 4096), long, tall] {
            let verdicts = verdicts(Array(repeating: text, count: 500), early: early)
            #expect(verdicts.allSatisfy { $0 == .allowed })
        }
    }

    @Test func `few lines do not wait, and many wait no longer than they have to`() {
        let start = ContinuousClock.now
        var now = start
        var pace = ChatPace(now: start)
        for number in 1...1000 {
            now += pace.delay(of: "\(number)", now: now)
            pace.send("\(number)", now: now)
            if number == 40 { #expect(now == start) }
        }
        #expect((now - start) < .seconds(100))
    }
}
