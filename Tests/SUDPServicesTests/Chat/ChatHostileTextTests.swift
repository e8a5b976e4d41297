import Foundation
import Testing

@testable import SUDPServices

/// Random strings through everything that is shown: nothing that steers a terminal comes out.
@Suite struct ChatHostileTextTests {
    /// How many strings; a million with SUDP_EXHAUSTIVE, as the requirement says.
    private static let count =
        ProcessInfo.processInfo.environment["SUDP_EXHAUSTIVE"] == nil ? 30_000 : 1_000_000

    /// Bytes with what is dangerous among them: controls, escapes, marks, overrides.
    private func string(_ random: inout SplitMix) -> String {
        let spice: [[UInt8]] = [
            Array("\u{1b}]52;c;aGk=\u{7}".utf8), Array("\u{9b}31m".utf8), [0xe2, 0x80, 0xae],
            [0xcc, 0x81], [0x0d], [0x0a], [0x08], Array("\u{1b}[201~".utf8), [0xff, 0xfe],
            [0xed, 0xa0, 0x80], [0xc0, 0x80], Array("👩‍👩‍👧".utf8), [0xe2, 0x80, 0x8d], [0x09],
            Array("-- bob left".utf8),
        ]
        var bytes: [UInt8] = []
        for _ in 0..<random.below(12) {
            if random.below(3) == 0 {
                bytes.append(UInt8(random.below(256)))
            } else {
                bytes += spice[random.below(spice.count)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func isPrintable(_ text: String) -> Bool {
        var marks = 0
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value) { return false }
            let properties = scalar.properties
            if properties.isBidiControl { return false }
            switch properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
                .unassigned:
                return false
            case .format where scalar.value != 0x200d: return false
            case .nonspacingMark, .enclosingMark, .spacingMark:
                marks += 1
                if marks > 9 { return false }
            default: marks = 0
            }
        }
        return true
    }

    @Test func `no event, whatever is in it, shows anything but printable lines`() {
        var random = SplitMix(seed: 3)
        var text = ChatText()
        text.time = .full
        text.showsRooms = true
        let kinds = ChatEvent.Kind.allCases
        for _ in 0..<Self.count {
            let event = ChatEvent(
                kind: kinds[random.below(kinds.count)], number: random.next(),
                time: random.next(), flags: .init(rawValue: UInt8(random.below(256))),
                room: string(&random), nick: string(&random), other: string(&random),
                text: string(&random))
            for line in text.lines(of: event, ChatMark(rawValue: UInt8(random.below(16)))) {
                guard isPrintable(line) else {
                    Issue.record("\(event) shows \(line.debugDescription)")
                    return
                }
            }
        }
    }

    @Test func `no record, whatever is in it, logs anything but one printable line`() {
        var random = SplitMix(seed: 4)
        for _ in 0..<Self.count / 3 {
            let record = ChatRecord(
                time: random.next() % 1 << 50, event: "x", room: string(&random),
                nick: string(&random), other: string(&random), text: string(&random),
                address: string(&random))
            guard isPrintable(record.line) else {
                Issue.record("\(record.line.debugDescription)")
                return
            }
        }
    }

    @Test func `no failure, whatever the reason is, says anything but one printable line`() {
        var random = SplitMix(seed: 5)
        for _ in 0..<Self.count / 10 {
            let reason = string(&random)
            for failure in [
                ChatFailure.notAdmitted(reason: reason), .thrownOut(reason: reason),
                .wrongService(other: reason), .unusableFile(path: reason, reason: reason),
                .notDelivered(count: 2, reason: reason), .lost(reason: reason),
            ] { #expect(isPrintable(failure.description)) }
        }
    }

    @Test func `what somebody says never looks like a line of the program`() {
        var random = SplitMix(seed: 6)
        let text = ChatText()
        for _ in 0..<Self.count / 3 {
            let event = ChatEvent(kind: .message, nick: "eve", text: string(&random))
            for line in text.lines(of: event, []) {
                #expect(line.hasPrefix("<eve> "))
            }
        }
    }

    @Test func `a name that passes is printable`() {
        var random = SplitMix(seed: 7)
        for _ in 0..<Self.count {
            let text = string(&random)
            if let name = Nickname(text) {
                #expect(isPrintable(name.text) && !name.text.contains(where: \.isWhitespace))
            }
            if let room = RoomName(text) { #expect(isPrintable(room.text)) }
        }
    }

    @Test func `marks pile up to eight, and joined pictures stay whole`() {
        let tower = "a" + String(repeating: "\u{301}", count: 20)
        let shown = TerminalText.escaped(tower)
        #expect(shown.unicodeScalars.filter { $0 == "\u{301}" }.count == 8)
        #expect(shown.hasSuffix(#"\u{301}"#))
        for text in ["👩‍👩‍👧", "🏳️‍🌈", "❤️‍🔥", "👨‍💻 and é", "日本語 👍🏽"] {
            #expect(TerminalText.escaped(text) == text)
        }
        #expect(TerminalText.escaped("a\u{200d}b") == #"a\u{200d}b"#)
        #expect(TerminalText.escaped("a\u{3164}") == #"a\u{3164}"#)
    }
}
