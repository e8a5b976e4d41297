/// A client's side of a chat, without sockets and terminals: lines and events in, requests and
/// outputs out.
struct ChatSession: Sendable {
    /// How far the login is.
    enum Phase: Equatable {
        case offline
        case greeting
        /// The rooms are being entered, one after the other.
        case entering
        case ready
    }

    private(set) var phase = Phase.offline
    private(set) var nick: String
    private(set) var rooms: [ChatPlace]
    private(set) var current: String
    private(set) var requests: [ChatRequest] = []
    private(set) var outputs: [ChatOutput] = []
    /// Why the server refused further company; the end of the session.
    private(set) var failure: ChatFailure?
    private(set) var quitReason: String?
    var pending = ChatPending()

    private var run: UInt64 = 0
    private var secret = ""
    private var attention = ChatAttention()
    private var awayNote: String?
    private var toEnter: [String] = []
    private var placeChanged = false
    private static let notConnected = ChatOutput.complaint("not connected: not sent")

    init(nick: String, rooms names: [String]) {
        self.nick = nick
        rooms = names.map { ChatPlace(name: $0) }
        current = names.first ?? ""
    }

    mutating func takeRequests() -> [ChatRequest] {
        defer { requests = [] }
        return requests
    }

    mutating func takeOutputs() -> [ChatOutput] {
        if placeChanged { tellPlace() }
        defer { outputs = [] }
        return outputs
    }

    /// Chooses when to ring.
    mutating func ring(_ bell: ChatBell) {
        attention.bell = bell
    }

    // MARK: The connection

    /// A connection is there.
    mutating func begin() {
        phase = .greeting
        requests = [ChatRequest(kind: .login, name: nick, text: secret)]
    }

    /// The connection is gone.
    mutating func end() {
        phase = .offline
        requests = []
        for index in rooms.indices { rooms[index].removeAll() }
        let lost = pending.forget()
        if lost > 0 {
            outputs.append(
                .complaint(
                    "\(lost) line\(lost == 1 ? "" : "s") may not have been delivered: not repeated")
            )
        }
    }

    /// The login was refused, and somebody chose another name.
    mutating func rename(to nick: String) {
        self.nick = nick
        failure = nil
    }

    /// The failure is dealt with.
    mutating func forgetFailure() {
        failure = nil
    }

    /// What to send before leaving for good.
    func farewell() -> [ChatRequest] {
        guard phase == .ready, let quitReason else { return [] }
        let reason = ChatState.note(quitReason)
        return rooms.map { ChatRequest(kind: .leave, room: $0.name, text: reason) }
    }

    // MARK: Lines

    /// Takes a line, perhaps with newlines in it, that somebody typed or that came in.
    mutating func enter(_ line: String) {
        let count = outputs.count
        perform(ChatCommand(line))
        if outputs[count...].contains(Self.notConnected) { outputs.append(.unsent(line)) }
    }

    mutating func perform(_ command: ChatCommand) {
        switch command {
        case .say(let text): talk(.say, text)
        case .act(let text): talk(.act, text)
        case .direct(let nick, let text): direct(nick, text)
        case .reply(let text):
            if let nick = attention.replyTo { return direct(nick, text) }
            complain("nobody has told you anything yet")
        case .nick(let name): ask(ChatRequest(kind: .nick, name: name))
        case .join(let name): join(name)
        case .part(let name): part(name)
        case .names: ask(ChatRequest(kind: .names, room: current))
        case .rooms: ask(ChatRequest(kind: .rooms))
        case .whois(let nick): ask(ChatRequest(kind: .whois, name: nick))
        case .away(let note):
            awayNote = note
            ask(ChatRequest(kind: .away, number: 1, text: note))
        case .back:
            awayNote = nil
            ask(ChatRequest(kind: .away, number: 0))
        case .topic(nil): inform(place(current).map { "topic of \($0.name): \($0.topic)" } ?? "")
        case .topic(let text?): ask(ChatRequest(kind: .topic, room: current, text: text))
        case .operate(let kind, let nick, let seconds, let text):
            ask(ChatRequest(kind: kind, number: seconds, name: nick, text: text))
        case .quit(let reason): quitReason = reason
        case .ignore, .bell, .time, .clear, .help, .wrong: performHere(command)
        }
    }

    private mutating func performHere(_ command: ChatCommand) {
        switch command {
        case .ignore(let nick): ignore(nick)
        case .bell(let choice):
            attention.bell = choice
            inform("bell: \(choice.rawValue)")
        case .time(let style):
            outputs.append(.timeStyle(style))
            inform("time: \(style.rawValue)")
        case .clear: outputs.append(.clear)
        case .help:
            for line in ChatCommand.helpLines { inform(line) }
        case .wrong(let complaint):
            pending.refuse(complaint)
            complain(complaint)
        default: break
        }
    }

    /// Sends a request under a tag of its own.
    mutating func ask(_ request: ChatRequest, isDelivery: Bool = false) {
        guard phase == .ready else { return outputs.append(Self.notConnected) }
        if let objection = request.objection { return refuseHere(objection) }
        var request = request
        request.tag = pending.add(request.kind, isDelivery: isDelivery)
        requests.append(request)
    }

    private mutating func talk(_ kind: ChatRequest.Kind, _ text: String) {
        guard !current.isEmpty else { return complain("you are in no room: /join #ROOM") }
        say(kind, text, room: current)
    }

    mutating func say(_ kind: ChatRequest.Kind, _ text: String, room: String) {
        // An empty line says nothing.
        guard text.utf8.contains(where: { $0 > 0x20 }) else { return }
        let text = String(text.reversed().drop(while: \.isNewline).reversed())
        if let objection = ChatTextLimit.objection(to: text) { return refuseHere(objection) }
        ask(ChatRequest(kind: kind, room: room, text: text), isDelivery: true)
    }

    mutating func direct(_ nick: String, _ text: String) {
        if let objection = ChatTextLimit.objection(to: text) { return refuseHere(objection) }
        ask(ChatRequest(kind: .direct, name: nick, text: text), isDelivery: true)
    }

    /// Something that came in cannot be sent.
    mutating func refuseHere(_ objection: String) {
        pending.refuse(objection)
        complain("\(objection): not sent")
    }

    private mutating func join(_ name: String) {
        guard let room = RoomName(name)?.text else {
            return complain("a room is # and letters or digits: not sent")
        }
        guard place(room) == nil else {
            current = room
            placeChanged = true
            return
        }
        ask(ChatRequest(kind: .join, room: room))
    }

    private mutating func part(_ name: String) {
        let room = name.isEmpty ? current : RoomName(name)?.text ?? name
        guard place(room) != nil else { return complain("you are not in \(room)") }
        ask(ChatRequest(kind: .leave, room: room))
    }

    private mutating func ignore(_ nick: String) {
        guard !nick.isEmpty else { return inform(attention.summary) }
        if let objection = attention.objection(toIgnoring: nick, by: self.nick, in: rooms) {
            return complain(objection)
        }
        inform("\(nick) is \(attention.toggle(nick) ? "ignored" : "heard again")")
    }

    // MARK: Events

    /// Takes what the server told.
    mutating func receive(_ event: ChatEvent) {
        switch event.kind {
        case .welcome: welcome(event)
        case .room: enterRoom(event)
        case .message, .action: hear(event)
        case .direct: hearDirect(event)
        case .done: finish(event)
        case .refused: refused(event)
        case .closing: failure = .serverEnded(reason: event.text)
        case .kicked: kicked(event)
        case .replayed: replayed(event)
        case .names: tellNames(event)
        case .joined, .left, .renamed, .away, .back: moved(event)
        case .topic:
            update(event.room) { $0.topic = event.text }
            show(event)
        case .whois, .rooms, .notice, .gap: show(event)
        }
    }

    private mutating func welcome(_ event: ChatEvent) {
        nick = event.nick
        secret = event.other
        let isSameRun = run == event.number
        if run != 0, !isSameRun {
            inform("the server was restarted: what was said meanwhile is not known")
        }
        run = event.number
        show(event)
        if !isSameRun {
            for index in rooms.indices { rooms[index].lastNumber = 0 }
        }
        phase = .entering
        toEnter = rooms.map(\.name)
        enterNext()
    }

    /// Enters the next of the first rooms; one replay at a time fits into the server's queue.
    private mutating func enterNext() {
        guard phase == .entering else { return }
        if let place = toEnter.first.flatMap(place) {
            toEnter.removeFirst()
            requests.append(
                ChatRequest(kind: .join, number: place.lastNumber, room: place.name))
            return
        }
        phase = .ready
        if let awayNote { requests.append(ChatRequest(kind: .away, number: 1, text: awayNote)) }
        placeChanged = true
    }

    private mutating func enterRoom(_ event: ChatEvent) {
        pending.end(event.tag)
        if place(event.room) == nil {
            guard rooms.count < ChatConstants.maximumRoomsPerMember else { return }
            rooms.append(ChatPlace(name: event.room))
            current = event.room
        }
        update(event.room) { room in
            room.topic = event.text
            room.removeAll()
            room.isReturning = room.lastNumber > 0
            // Numbers that the server never gave are of another time.
            room.lastNumber = min(room.lastNumber, event.number)
        }
        show(event)
        placeChanged = true
    }

    private mutating func hear(_ event: ChatEvent) {
        guard let place = place(event.room), event.number > place.lastNumber else { return }
        update(event.room) { $0.lastNumber = event.number }
        if event.flags.contains(.replay) { update(event.room) { $0.replayedCount += 1 } }
        guard attention.hears(event.nick) else { return }
        var mark: ChatMark = event.room == current ? [] : .elsewhere
        if isOwn(event) {
            mark.insert(.own)
        } else if ChatAttention.mentions(nick, in: event.text) {
            mark.insert(.mention)
        }
        outputs.append(.event(event, mark))
        guard !mark.contains(.own), !event.flags.contains(.replay) else { return }
        if attention.rings(for: mark) { outputs.append(.bell) }
    }

    private mutating func hearDirect(_ event: ChatEvent) {
        guard attention.hears(event.nick) else { return }
        if !isOwn(event) { attention.replyTo = event.nick }
        outputs.append(.event(event, isOwn(event) ? .own : []))
        if !isOwn(event), attention.bell != .off { outputs.append(.bell) }
    }

    private mutating func finish(_ event: ChatEvent) {
        guard pending.end(event.tag) == .leave else { return }
        rooms.removeAll { $0.name == event.room }
        if current == event.room { current = rooms.first?.name ?? "" }
        inform("you left \(event.room)")
        placeChanged = true
    }

    private mutating func refused(_ event: ChatEvent) {
        guard phase != .greeting else {
            failure = .notAdmitted(reason: event.text)
            return
        }
        let kind = ChatRequest.Kind(rawValue: UInt8(clamping: event.number))
        pending.refuse(event.tag, event.text)
        if event.tag == 0, kind == .join {
            rooms.removeAll { $0.name == event.room }
            if current == event.room { current = rooms.first?.name ?? "" }
            enterNext()
        }
        show(event)
    }

    private mutating func kicked(_ event: ChatEvent) {
        for index in rooms.indices { rooms[index].remove(event.other) }
        if event.other == nick { failure = .thrownOut(reason: "you were \(event.text)") }
        show(event)
        placeChanged = true
    }

    private mutating func replayed(_ event: ChatEvent) {
        guard let place = place(event.room) else { return }
        if place.isReturning {
            let count = place.replayedCount == 0 ? "nothing" : "\(place.replayedCount)"
            inform("back in \(place.name): \(count) missed")
        }
        update(event.room) { $0.replayedCount = 0 }
        enterNext()
    }

    private mutating func tellNames(_ event: ChatEvent) {
        let names = event.text.split(separator: " ").map(String.init)
        update(event.room) { room in
            for name in names { room.add(String(name.drop { $0 == "@" || $0 == "✓" })) }
        }
        show(event)
        placeChanged = true
    }

    private mutating func moved(_ event: ChatEvent) {
        switch event.kind {
        case .joined: update(event.room) { $0.add(event.nick) }
        case .left: update(event.room) { $0.remove(event.nick) }
        case .away, .back: break
        default:
            for index in rooms.indices where rooms[index].names.contains(event.nick) {
                rooms[index].remove(event.nick)
                rooms[index].add(event.other)
            }
            if event.nick == nick { nick = event.other }
            if attention.replyTo == event.nick { attention.replyTo = event.other }
        }
        let mark: ChatMark = isOwn(event) ? [] : .presence
        if attention.hears(event.nick) { outputs.append(.event(event, mark)) }
        placeChanged = true
    }

    // MARK: -

    private func isOwn(_ event: ChatEvent) -> Bool { event.nick == nick }

    private func place(_ room: String) -> ChatPlace? { rooms.first { $0.name == room } }

    private mutating func update(_ room: String, _ change: (inout ChatPlace) -> Void) {
        guard let index = rooms.firstIndex(where: { $0.name == room }) else { return }
        change(&rooms[index])
    }

    private mutating func show(_ event: ChatEvent) {
        outputs.append(.event(event, []))
    }

    private mutating func inform(_ text: String) {
        outputs.append(.info(text))
    }

    private mutating func complain(_ text: String) {
        outputs.append(.complaint(text))
    }

    private mutating func tellPlace() {
        placeChanged = false
        let names = Set(rooms.flatMap(\.names)).sorted()
        outputs.append(.place(room: current, nick: nick, names: names))
    }
}
