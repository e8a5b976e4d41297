import Testing

@testable import SUDPServices

@Suite struct ChatCommandTests {
    @Test(arguments: [
        ("hello", ChatCommand.say("hello")), ("//x", .say("/x")),
        ("/me waves a lot", .act("waves a lot")),
        ("/msg bob hi there", .direct(nick: "bob", text: "hi there")), ("/QUIT", .quit("")),
        ("/msg bob two\nlines", .direct(nick: "bob", text: "two\nlines")),
        ("/reply x", .reply("x")), ("/join #a", .join("#a")), ("/topic", .topic(nil)),
        ("/topic a b", .topic("a b")), ("/bell dm", .bell(.dm)), ("/time full", .time(.full)),
        ("/away", .away("")), ("/ignore bob", .ignore("bob")), ("/clear", .clear),
        ("/kick bob be nice", .operate(.kick, nick: "bob", seconds: 0, text: "be nice")),
        ("/ban bob 1h be nice", .operate(.ban, nick: "bob", seconds: 3600, text: "be nice")),
        ("/ban bob be nice", .operate(.ban, nick: "bob", seconds: 0, text: "be nice")),
        (
            "/ban 10.0.0.0/8 1h reason",
            .operate(.ban, nick: "10.0.0.0/8", seconds: 3600, text: "reason")
        ),
        ("/ban bob", .operate(.ban, nick: "bob", seconds: 0, text: "")),
        ("/mute bob", .operate(.mute, nick: "bob", seconds: 0, text: "")),
        ("/mute bob 90s", .operate(.mute, nick: "bob", seconds: 90, text: "")),
        ("/motd hello", .operate(.motd, nick: "", seconds: 0, text: "hello")),
    ])
    func `a line asks for one thing`(line: String, command: ChatCommand) {
        #expect(ChatCommand(line) == command)
    }

    @Test(arguments: [
        "/", "/nope", "/msg", "/msg bob", "/me", "/bell loud", "/kick", "/time", "/ x",
    ])
    func `what cannot be meant says so`(line: String) {
        guard case .wrong = ChatCommand(line) else {
            Issue.record("\(ChatCommand(line))")
            return
        }
    }

    @Test(arguments: [
        ("10x", nil), ("-5m", nil), ("+5", nil), ("10", nil), ("0s", nil), ("3 strikes", nil),
        ("xx", "xx"),
    ])
    func `a time that was mistyped bans nobody for ever`(time: String, reason: String?) {
        let ban = ChatCommand("/ban eve \(time)")
        #expect(
            ban == reason.map { .operate(.ban, nick: "eve", seconds: 0, text: $0) }
                ?? .wrong("write /ban NICK|ADDRESS [TIME] [REASON]"))
        #expect(ChatCommand("/mute bob \(time)") == .wrong("write /mute NICK [TIME]"))
        #expect(ChatCommand("/mute bob 5m \(time)") == .wrong("write /mute NICK [TIME]"))
    }

    @Test(arguments: [("1s", 1), ("10m", 600), ("2d", 172_800), ("0s", 0)])
    func `a length of time`(text: String, seconds: UInt64) {
        #expect(ChatCommand.seconds(text) == seconds)
    }

    @Test(arguments: ["", "1", "h", "-1h", "1w", "99999999999999999999d", "1 h"])
    func `no length of time`(text: String) {
        #expect(ChatCommand.seconds(text) == nil)
    }

    @Test func `every command that help names is known`() {
        for usage in ChatCommand.usages {
            let choices = ["bell": "off", "time": "hm", "mute": "a 1m"]
            let line = "/\(usage.name) \(choices[usage.name] ?? "a b")"
            if case .wrong(let words) = ChatCommand(line) { Issue.record("\(line): \(words)") }
        }
    }

    @Test func `the blank that completion leaves behind a name is no part of it`() {
        #expect(ChatCommand("/whois bob ") == .whois("bob"))
        #expect(ChatCommand("/names ") == .names)
        #expect(ChatCommand("/msg bob hi ") == .direct(nick: "bob", text: "hi"))
        #expect(ChatCommand("/msg bob ") != .direct(nick: "bob", text: ""))
    }
}
