/// All that a chat server knows and decides, without sockets and clocks.
///
/// Times are milliseconds since 1970. Every input leaves effects, which have to be carried out in
/// their order.
struct ChatState: Sendable {
    /// What the operator of the server chose.
    struct Configuration: Sendable {
        var admins: Set<String> = []
        var historyCount = ChatConstants.defaultHistoryCount
        var greeting = ""
    }

    let run: UInt64
    let configuration: Configuration
    var greeting: String
    var members: [ChatMember.ID: ChatMember] = [:]
    var rooms: [String: ChatRoom] = [:]
    var rules = ChatRules()
    var directNumber: UInt64 = 0
    private(set) var effects: [ChatEffect] = []
    private var names: [String: ChatMember.ID] = [:]

    init(run: UInt64, configuration: Configuration = Configuration()) {
        self.run = run
        self.configuration = configuration
        greeting = configuration.greeting
        rooms[ChatConstants.defaultRoom] = ChatRoom(
            name: ChatConstants.defaultRoom, historyCount: configuration.historyCount)
    }

    mutating func takeEffects() -> [ChatEffect] {
        defer { effects = [] }
        return effects
    }

    mutating func leave(_ effect: ChatEffect) {
        effects.append(effect)
    }

    /// Takes back a message that a history file kept.
    mutating func restore(_ event: ChatEvent) {
        guard let name = RoomName(event.room)?.text, name == event.room, openRoom(name) else {
            return
        }
        rooms[name]?.restore(event)
    }

    // MARK: Members

    mutating func connect(
        _ id: ChatMember.ID, _ identity: ChatIdentity, secret: String, now: UInt64
    ) {
        let keys = [identity.pin, identity.fingerprint].compactMap(\.self)
        members[id] = ChatMember(
            id: id, identity: identity, secret: secret,
            isOperator: !configuration.admins.isDisjoint(with: keys),
            gate: FloodGate(now: now))
    }

    /// Takes note that the connection is over.
    ///
    /// - Parameter isAnnounced: whether its rooms hear of it.
    mutating func disconnect(
        _ id: ChatMember.ID, reason: String, isAnnounced: Bool = true, now: UInt64
    ) {
        guard let member = members.removeValue(forKey: id) else { return }
        guard let nickname = member.nickname else { return }
        if names[nickname.folded] == id { names[nickname.folded] = nil }
        for room in member.rooms {
            if isAnnounced {
                depart(member, from: room, reason: reason, now: now)
            } else {
                rooms[room]?.leave(id)
            }
        }
        log("gone", member, text: reason, now: now)
    }

    /// Tells everybody that the server ends.
    mutating func close(reason: String, now: UInt64) {
        let all = Array(members.keys)
        leave(.send(ChatEvent(kind: .closing, time: now, text: reason), to: all))
        for id in all { leave(.dismiss(id, .serverEnds, reason: reason)) }
    }

    /// Drops somebody who has not said who it is.
    mutating func requireLogin(_ id: ChatMember.ID) {
        guard let member = members[id], member.nickname == nil else { return }
        leave(.dismiss(id, .silent, reason: "no login in time"))
    }

    func member(named text: String) -> ChatMember? {
        names[Nickname.fold(text)].flatMap { members[$0] }
    }

    /// Somebody else whose name looks like this one.
    func lookAlike(of nickname: Nickname, besides id: ChatMember.ID?) -> ChatMember? {
        members.values.first { member in
            guard member.id != id, let other = member.nickname else { return false }
            return !other.skeletons.isDisjoint(with: nickname.skeletons)
        }
    }

    mutating func name(_ id: ChatMember.ID, _ nickname: Nickname) {
        if let old = members[id]?.nickname, names[old.folded] == id { names[old.folded] = nil }
        members[id]?.nickname = nickname
        names[nickname.folded] = id
        if let pin = members[id]?.pin, rules.reserve(nickname, for: pin) { leave(.saveRules) }
    }

    // MARK: Rooms

    /// Makes sure that there is such a room; an empty one gives way when there are too many.
    mutating func openRoom(_ name: String) -> Bool {
        guard rooms[name] == nil else { return true }
        if rooms.count >= ChatConstants.maximumRooms {
            let empty = rooms.values.filter {
                $0.members.isEmpty && $0.name != ChatConstants.defaultRoom
            }
            guard
                let oldest = empty.min(by: {
                    ($0.history.all.last?.time ?? 0, $0.name)
                        < ($1.history.all.last?.time ?? 0, $1.name)
                })
            else { return false }
            rooms[oldest.name] = nil
        }
        rooms[name] = ChatRoom(name: name, historyCount: configuration.historyCount)
        return true
    }

    mutating func depart(_ member: ChatMember, from room: String, reason: String, now: UInt64) {
        members[member.id]?.rooms.removeAll { $0 == room }
        rooms[room]?.leave(member.id)
        leave(
            .send(
                event(.left, member, room: room, text: reason, now: now),
                to: rooms[room]?.members ?? []))
        log("left", member, room: room, text: reason, now: now)
    }

    /// Everybody who shares a room with the member, and the member.
    func company(of member: ChatMember) -> [ChatMember.ID] {
        var all: Set = [member.id]
        for room in member.rooms { all.formUnion(rooms[room]?.members ?? []) }
        return Array(all)
    }

    // MARK: Answers

    func event(
        _ kind: ChatEvent.Kind, _ member: ChatMember, room: String = "", other: String = "",
        text: String = "", now: UInt64
    ) -> ChatEvent {
        ChatEvent(
            kind: kind, time: now, flags: member.flags, room: room, nick: member.nick,
            other: other, text: text)
    }

    mutating func done(_ request: ChatRequest, _ id: ChatMember.ID, number: UInt64 = 0, now: UInt64)
    {
        leave(
            .send(
                ChatEvent(
                    kind: .done, tag: request.tag, number: number, time: now, room: request.room),
                to: [id]))
    }

    mutating func refuse(
        _ request: ChatRequest, _ id: ChatMember.ID, _ reason: String, now: UInt64
    ) {
        leave(
            .send(
                ChatEvent(
                    kind: .refused, tag: request.tag, number: UInt64(request.kind.rawValue),
                    time: now, room: request.room, text: reason), to: [id]))
    }

    mutating func notice(_ text: String, to id: ChatMember.ID, tag: UInt32 = 0, now: UInt64) {
        leave(.send(ChatEvent(kind: .notice, tag: tag, time: now, text: text), to: [id]))
    }

    mutating func log(
        _ event: String, _ member: ChatMember, room: String = "", other: String = "",
        text: String = "", number: UInt64 = 0, now: UInt64
    ) {
        leave(
            .log(
                ChatRecord(
                    time: now, event: event, room: room, nick: member.nick, other: other,
                    text: text, address: member.address, number: number)))
    }
}
