import Testing

@testable import SUDPServices

/// Bans of addresses and networks.
@Suite struct ChatNetworkBanTests {
    private func bench() -> (ChatBench, boss: ChatMember.ID) {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        return (bench, boss)
    }

    @Test(arguments: [
        ("198.51.100.0/24", "198.51.100.9:5", "198.51.101.9:5"),
        ("198.51.100.9", "198.51.100.9:6", "198.51.100.8:6"),
        ("2001:db8::/32", "[2001:db8::7]:1", "[2001:db9::7]:1"),
        ("127.0.0.0/8", "127.0.0.1:1", "[::1]:1"), ("::1", "[::1]:1", "127.0.0.1:1"),
    ])
    func `a banned network is thrown out and kept out, and no other`(
        network: String, inside: String, outside: String
    ) {
        var (bench, boss) = bench()
        let (mal, proven) = (
            bench.enter("mal", address: inside), bench.enter("pat", pin: "p", address: inside)
        )
        let ann = bench.enter("ann", address: outside)
        bench.ask(boss, ChatRequest(kind: .ban, name: network, text: "spam"))
        #expect(bench.dismissed[mal] == "banned by boss: spam")
        #expect(bench.dismissed[proven] == "banned by boss: spam")
        #expect(bench.dismissed[ann] == nil && bench.dismissed[boss] == nil)
        #expect(bench.refusal(of: "new", address: inside) == "banned: spam")
        #expect(bench.refusal(of: "new", pin: "q", address: inside) == "banned: spam")
        #expect(bench.refusal(of: "eve", address: outside) == nil)
        bench.ask(boss, ChatRequest(kind: .unban, name: network))
        #expect(bench.refusals(boss).isEmpty)
        #expect(bench.refusal(of: "new", address: inside) == nil)
    }

    @Test(arguments: ["192.0.2.1", "192.0.2.0/24", "192.0.2.77/24", "0.0.0.0/0"])
    func `an operator bans no network that it is in`(network: String) {
        var (bench, boss) = bench()
        bench.ask(boss, ChatRequest(kind: .ban, name: network))
        let refusal = bench.refusals(boss)
        #expect(refusal.count == 1 && refusal[0].hasPrefix("you are in "))
        #expect(bench.state.rules.bans.isEmpty)
        #expect(bench.dismissed.isEmpty)
    }

    @Test func `it ends with its time, and is lifted under any spelling`() {
        var (bench, boss) = bench()
        bench.ask(boss, ChatRequest(kind: .ban, number: 60, name: "198.51.100.77/24"))
        #expect(bench.refusal(of: "a", address: "198.51.100.1:1") == "banned")
        bench.now += 60_000
        #expect(bench.refusal(of: "a", address: "198.51.100.1:1") == nil)
        bench.ask(boss, ChatRequest(kind: .ban, name: "2001:DB8::1/32"))
        bench.ask(boss, ChatRequest(kind: .ban, number: 9, name: "2001:db8:5::/32"))
        #expect(bench.state.rules.bans.filter { !$0.isOver(at: bench.now) }.count == 1)
        bench.ask(boss, ChatRequest(kind: .unban, name: "2001:db8:9::/32"))
        #expect(bench.refusals(boss).isEmpty)
        bench.ask(boss, ChatRequest(kind: .unban, name: "2001:db8::/32"))
        #expect(bench.refusals(boss) == ["2001:db8::/32 is not banned"])
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0.256", "::1/200", "a/b", "fe80::1%lo"])
    func `what is no network is told as such`(name: String) {
        var (bench, boss) = bench()
        bench.ask(boss, ChatRequest(kind: .ban, name: name))
        #expect(
            bench.refusals(boss)
                == ["\(name) is no address and no network, such as 192.0.2.0/24"])
    }

    @Test func `it outlives a restart in the file of the rules`() throws {
        var (bench, boss) = bench()
        bench.ask(boss, ChatRequest(kind: .ban, name: "198.51.100.0/24", text: "spam"))
        let rules = ChatRulesFile.parse(ChatRulesFile.text(of: bench.state.rules))
        #expect(rules.bans == bench.state.rules.bans)
        var later = ChatBench()
        later.state.rules = rules
        #expect(later.refusal(of: "mal", address: "198.51.100.9:1") == "banned: spam")
        #expect(later.refusal(of: "ann", address: "198.51.101.9:1") == nil)
    }

    @Test func `only operators may`() {
        var (bench, _) = bench()
        let eve = bench.enter("eve", address: "203.0.113.1:1")
        bench.ask(eve, ChatRequest(kind: .ban, name: "192.0.2.0/24"))
        #expect(bench.refusals(eve) == ["only operators may do that"])
    }
}
