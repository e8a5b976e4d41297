import Foundation
import Testing

@testable import SUDPServices

@Suite struct ChatFileTests {
    private func withPath(_ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path)
    }

    private func message(_ number: UInt64, room: String = "#lobby") -> ChatEvent {
        ChatEvent(kind: .message, number: number, room: room, nick: "ann", text: "text \(number)")
    }

    private func state(from file: ChatHistoryFile) throws -> ChatState {
        var state = ChatState(run: file.run)
        try file.restore(into: &state)
        return state
    }

    @Test func `what was said is there after a restart, and the numbers go on`() throws {
        try withPath { path in
            let run: UInt64
            do {
                let file = try ChatHistoryFile(path: path)
                run = file.run
                for number in 1...3 as ClosedRange<UInt64> { try file.append(message(number)) }
                try file.append(message(1, room: "#other"))
            }
            let file = try ChatHistoryFile(path: path)
            #expect(file.run == run)
            let state = try state(from: file)
            #expect(state.rooms["#lobby"]?.history.all.map(\.number) == [1, 2, 3])
            #expect(state.rooms["#lobby"]?.history.lastNumber == 3)
            #expect(state.rooms["#other"]?.history.all.count == 1)
        }
    }

    @Test func `a file cut anywhere gives the messages before the cut, and takes more`() throws {
        try withPath { path in
            do {
                let file = try ChatHistoryFile(path: path)
                for number in 1...3 as ClosedRange<UInt64> { try file.append(message(number)) }
            }
            let whole = try Data(contentsOf: URL(filePath: path))
            for length in stride(from: whole.count - 1, to: 0, by: -7) {
                try whole.prefix(length).write(to: URL(filePath: path))
                let file = try ChatHistoryFile(path: path)
                let count = try state(from: file).rooms["#lobby"]?.history.all.count ?? 0
                #expect(count < 3)
                try file.append(message(UInt64(count) + 1))
            }
        }
    }

    @Test func `another file is not taken for a history, nor used by two servers`() throws {
        try withPath { path in
            try Data("something else, long enough to be read".utf8).write(to: URL(filePath: path))
            #expect(throws: ChatFailure.self) { try ChatHistoryFile(path: path) }
        }
        try withPath { path in
            let file = try ChatHistoryFile(path: path)
            #expect(throws: ChatFailure.self) { try ChatHistoryFile(path: path) }
            #expect(file.run != 0)
        }
    }

    @Test func `a file that grew far beyond what is kept is written anew`() throws {
        try withPath { path in
            let run: UInt64
            let text = String(repeating: "x", count: 60_000)
            var state = ChatState(run: 1)
            do {
                let file = try ChatHistoryFile(path: path)
                run = file.run
                var number: UInt64 = 0
                while !file.isExcessive {
                    number += 1
                    var event = message(number)
                    event.text = text
                    state.restore(event)
                    try file.append(event)
                }
                try file.rewrite(state.kept)
                #expect(!file.isExcessive)
                #expect(throws: ChatFailure.self) { try ChatHistoryFile(path: path) }
                try file.append(message(number + 1))
            }
            let size = try Data(contentsOf: URL(filePath: path)).count
            #expect(size < ChatConstants.historyFileByteCount / 2)
            let file = try ChatHistoryFile(path: path)
            #expect(file.run == run)
            let kept = try self.state(from: file).rooms["#lobby"]?.history
            #expect(kept?.all.map(\.number).suffix(1) == [(state.kept.last?.number ?? 0) + 1])
            #expect(kept?.all.count == state.kept.count + 1)
            #expect(!SmallFile.isOpenToOthers(path))
        }
    }

    @Test func `only the owner reads what was said`() throws {
        try withPath { path in
            _ = try ChatHistoryFile(path: path)
            #expect(!SmallFile.isOpenToOthers(path))
        }
    }

    @Test func `rules that cannot be written are an error`() throws {
        try withPath { path in
            let file = try ChatRulesFile(path: path)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            #expect(throws: FileFailure.self) { try file.save(ChatRules()) }
        }
    }

    @Test func `bans and reserved names come out as they went in`() throws {
        var rules = ChatRules()
        let name = try #require(Nickname("alice"))
        let isNew = rules.reserve(name, for: "sha256:ab")
        #expect(isNew)
        for nick in ["bob", "carl"] {
            let ban = ChatRules.Ban(
                nick: nick, pin: nick == "bob" ? "sha256:cd" : nil,
                host: nick == "bob" ? nil : "[2001:db8::1]", until: 1 << 50, reason: "a\tb")
            let isTaken = rules.add(ban, now: 0)
            #expect(isTaken)
        }
        let mute = ChatRules.Ban(nick: "dan", pin: nil, host: nil, until: 0, reason: "")
        let isMuted = rules.mute(mute, now: 0)
        let isAppointed = rules.appoint("sha256:ef")
        #expect(isMuted && isAppointed)
        rules.greeting = "one\n\ntwo"
        try withPath { path in
            try ChatRulesFile(path: path).save(rules)
            let read = try ChatRulesFile(path: path).initial
            #expect(read.reservations == rules.reservations)
            #expect(read.mutes == rules.mutes)
            #expect(read.operators == rules.operators)
            #expect(read.greeting == rules.greeting)
            #expect(read.bans.map(\.nick) == ["bob", "carl"])
            #expect(read.bans.map(\.pin) == ["sha256:cd", nil])
            #expect(read.bans.map(\.host) == [nil, "[2001:db8::1]"])
            #expect(read.bans.map(\.reason) == [#"a\tb"#, #"a\tb"#])
        }
    }
}
