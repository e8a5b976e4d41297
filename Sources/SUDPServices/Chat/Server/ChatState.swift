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
    var members: [ChatMember.ID: ChatMember] = [:]
    var rooms: [String: ChatRoom] = [:]
    var rules = ChatRules()
    var directNumber: UInt64 = 0
    private(set) var effects: [ChatEffect] = []
    private var names: [String: ChatMember.ID] = [:]
    private var looks: [String: ChatMember.ID] = [:]

    init(run: UInt64, configuration: Configuration = Configuration()) {
        self.run = run
        self.configuration = configuration
        rooms[ChatConstants.defaultRoom] = ChatRoom(
            name: ChatConstants.defaultRoom, historyCount: configuration.historyCount)
    }

    /// What everybody is told first.
    var greeting: String { rules.greeting ?? configuration.greeting }

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

    /// What a history file has to hold.
    var kept: [ChatEvent] { rooms.values.flatMap(\.history.all) }

    // MARK: Members

    mutating func connect(
        _ id: ChatMember.ID, _ identity: ChatIdentity, secret: String, now: UInt64
    ) {
        let keys = [identity.pin, identity.fingerprint].compactMap(\.self)
        members[id] = ChatMember(
            id: id, identity: identity, secret: secret,
            isOperator: !configuration.admins.isDisjoint(with: keys)
                || rules.hasOperator(identity.pin),
            gate: FloodGate(now: now))
    }

    /// Takes note that the connection is over.
    ///
    /// - Parameter isAnnounced: whether its rooms hear of it.
    mutating func disconnect(
        _ id: ChatMember.ID, reason: String, isAnnounced: Bool = true, now: UInt64
    ) {
        guard let member = members.removeValue(forKey: id) else { return }
        guard let nickname = member.nickname else {
            return log("stranger", member, text: reason, now: now)
        }
        forget(nickname, of: id)
        for room in member.rooms {
            if isAnnounced {
                depart(member, from: room, reason: reason, now: now)
            } else {
                rooms[room]?.leave(id)
                closeIfUnused(room)
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
    mutating func requireLogin(_ id: ChatMember.ID, now: UInt64) {
        guard let member = members[id], member.nickname == nil else { return }
        dismiss(member, .silent, reason: "no login in time", now: now)
    }

    /// Has nothing more to do with somebody, whose connection ends when it has what waits for it.
    mutating func dismiss(
        _ member: ChatMember, _ code: ChatCode, reason: String, now: UInt64
    ) {
        leave(.dismiss(member.id, code, reason: reason))
        disconnect(member.id, reason: reason, now: now)
    }

    private mutating func forget(_ nickname: Nickname, of id: ChatMember.ID) {
        if names[nickname.folded] == id { names[nickname.folded] = nil }
        for skeleton in nickname.skeletons where looks[skeleton] == id { looks[skeleton] = nil }
    }

    func member(named text: String) -> ChatMember? {
        names[Nickname.fold(text)].flatMap { members[$0] }
    }

    /// Somebody else whose name looks like this one.
    func lookAlike(of nickname: Nickname, besides id: ChatMember.ID?) -> ChatMember? {
        nickname.skeletons.lazy.compactMap { looks[$0] }.first { $0 != id }
            .flatMap { members[$0] }
    }

    mutating func name(_ id: ChatMember.ID, _ nickname: Nickname) {
        if let old = members[id]?.nickname { forget(old, of: id) }
        members[id]?.nickname = nickname
        names[nickname.folded] = id
        for skeleton in nickname.skeletons { looks[skeleton] = id }
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
        closeIfUnused(room)
        leave(
            .send(
                event(.left, member, room: room, text: reason, now: now),
                to: rooms[room]?.members ?? []))
        log("left", member, room: room, text: reason, now: now)
    }

    /// Forgets a room in which nobody is and nothing was said.
    private mutating func closeIfUnused(_ name: String) {
        guard name != ChatConstants.defaultRoom, let room = rooms[name], room.members.isEmpty,
            room.history.lastNumber == 0
        else { return }
        rooms[name] = nil
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
