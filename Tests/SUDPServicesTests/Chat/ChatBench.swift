@testable import SUDPServices

/// A chat's state with members of given names, a clock that the test moves, and what each one got.
struct ChatBench {
    var state: ChatState
    var now: UInt64 = 1_000_000
    private(set) var inboxes: [ChatMember.ID: [ChatEvent]] = [:]
    private(set) var dismissed: [ChatMember.ID: String] = [:]
    private(set) var kept: [ChatEvent] = []
    private(set) var records: [ChatRecord] = []
    private var nextID: ChatMember.ID = 1

    init(admins: Set<String> = [], historyCount: Int = 50, greeting: String = "") {
        var configuration = ChatState.Configuration()
        configuration.admins = admins
        configuration.historyCount = historyCount
        configuration.greeting = greeting
        state = ChatState(run: 7, configuration: configuration)
    }

    /// Connects and logs in; gives back the number, whether or not it was let in.
    mutating func enter(
        _ nick: String, pin: String? = nil, address: String = "192.0.2.1:9", secret: String = ""
    ) -> ChatMember.ID {
        let id = nextID
        nextID += 1
        state.connect(
            id, ChatIdentity(address: address, pin: pin), secret: "secret \(id)", now: now)
        ask(id, ChatRequest(kind: .login, name: nick, text: secret))
        return id
    }

    /// Why somebody is turned away, if so.
    mutating func refusal(
        of nick: String, pin: String? = nil, address: String = "192.0.2.1:9"
    ) -> String? {
        let id = enter(nick, pin: pin, address: address)
        return dismissed[id]
    }

    /// Enters, and goes into the lobby.
    mutating func join(_ nick: String, pin: String? = nil) -> ChatMember.ID {
        let id = enter(nick, pin: pin)
        ask(id, ChatRequest(kind: .join, room: "#lobby"))
        return id
    }

    mutating func ask(_ id: ChatMember.ID, _ request: ChatRequest) {
        state.handle(request, from: id, now: now)
        carryOut()
    }

    mutating func say(_ id: ChatMember.ID, _ text: String, room: String = "#lobby") {
        ask(id, ChatRequest(kind: .say, room: room, text: text))
    }

    mutating func disconnect(_ id: ChatMember.ID) {
        state.disconnect(id, reason: "left", now: now)
        carryOut()
    }

    /// What somebody got of a kind since the last time it was taken.
    mutating func take(_ id: ChatMember.ID, _ kind: ChatEvent.Kind) -> [ChatEvent] {
        let found = inboxes[id, default: []].filter { $0.kind == kind }
        inboxes[id, default: []].removeAll { $0.kind == kind }
        return found
    }

    /// The texts of the messages that somebody got.
    mutating func heard(_ id: ChatMember.ID) -> [String] { take(id, .message).map(\.text) }

    /// The reasons for which requests of somebody were refused.
    mutating func refusals(_ id: ChatMember.ID) -> [String] { take(id, .refused).map(\.text) }

    private mutating func carryOut() {
        for effect in state.takeEffects() {
            switch effect {
            case .send(let event, let ids): for id in ids { inboxes[id, default: []].append(event) }
            case .dismiss(let id, _, let reason): dismissed[id] = reason
            case .keep(let event): kept.append(event)
            case .log(let record): records.append(record)
            case .saveRules: break
            }
        }
    }
}
