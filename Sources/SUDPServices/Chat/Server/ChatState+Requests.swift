extension ChatState {
    /// Does what a client asks for, or says why not.
    mutating func handle(_ request: ChatRequest, from id: ChatMember.ID, now: UInt64) {
        guard admit(request, from: id, now: now), let member = members[id] else { return }
        guard member.nickname != nil || request.kind == .login else {
            return dismiss(member, .malformed, reason: "not logged in", now: now)
        }
        switch request.kind {
        case .login: login(request, member, now: now)
        case .join: join(request, member, now: now)
        case .leave: part(request, member, now: now)
        case .say, .act: talk(request, member, now: now)
        case .direct: direct(request, member, now: now)
        case .nick: rename(request, member, now: now)
        case .away: setAway(request, member, now: now)
        case .topic: setTopic(request, member, now: now)
        case .names: tellNames(request, member, now: now)
        case .whois: tellWhois(request, member, now: now)
        case .rooms: tellRooms(request, member, now: now)
        case .kick, .ban, .unban, .mute, .unmute, .op, .deop, .motd, .bans:
            operate(request, member, now: now)
        }
    }

    private mutating func admit(
        _ request: ChatRequest, from id: ChatMember.ID, now: UInt64
    ) -> Bool {
        guard var gate = members[id]?.gate, let member = members[id] else { return false }
        let verdict = gate.admit(request.text, now: now)
        members[id]?.gate = gate
        switch verdict {
        case .allowed: return true
        case .muted:
            let seconds = ChatConstants.floodMuteMilliseconds / 1000
            refuse(request, id, "too fast: muted for \(seconds) s", now: now)
            log("muted", member, text: "too fast", now: now)
        case .ignored:
            guard gate.refusals <= ChatConstants.refusalsBeforeDrop else {
                dismiss(member, .thrownOut, reason: "flooding", now: now)
                return false
            }
            refuse(request, id, "too fast: still muted", now: now)
        }
        return false
    }

    // MARK: Login

    private mutating func login(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard member.nickname == nil else {
            return refuse(request, member.id, "already logged in", now: now)
        }
        guard let wanted = Nickname(request.name) else {
            return turnAway(request, member, Self.nicknameRule, now: now)
        }
        if let ban = rules.ban(
            nickname: wanted, pin: member.pin, host: Self.host(member.address),
            address: member.identity.networkAddress, now: now)
        {
            let reason = ban.reason.isEmpty ? "banned" : "banned: \(ban.reason)"
            return turnAway(request, member, reason, now: now)
        }
        guard !rules.isReserved(wanted, forOthersThan: member.pin) else {
            return turnAway(
                request, member, "\(wanted.text) belongs to a certificate", now: now)
        }
        if let former = self.member(named: wanted.text), isSamePerson(former, request, member) {
            leave(.dismiss(former.id, .left, reason: "came back by another connection"))
            disconnect(former.id, reason: "came back", now: now)
        }
        guard let nickname = freeName(for: wanted) else {
            return turnAway(
                request, member, "\(wanted.text) looks like the name of somebody here", now: now)
        }
        welcome(member.id, as: nickname, wanted: wanted, request, now: now)
    }

    static let nicknameRule =
        "a name has 1 to \(ChatConstants.maximumNicknameLength) letters, digits, '_', '-', '.',"
        + " and is not one of the server's"

    /// The part of an address that bans are about; empty for this machine itself.
    static func host(_ address: String) -> String {
        let host = address.lastIndex(of: ":").map { String(address[..<$0]) } ?? address
        return host.hasPrefix("127.") || host == "[::1]" ? "" : host
    }

    private func isSamePerson(
        _ former: ChatMember, _ request: ChatRequest, _ member: ChatMember
    ) -> Bool {
        if let pin = member.pin { return former.pin == pin }
        return !request.text.isEmpty && former.secret == request.text
    }

    /// The wanted name, or with a number when somebody else has exactly that; nil when somebody's
    /// name only looks like it.
    private func freeName(for wanted: Nickname) -> Nickname? {
        guard let other = lookAlike(of: wanted, besides: nil) else { return wanted }
        guard other.nickname?.folded == wanted.folded else { return nil }
        return (2...999).lazy.compactMap { wanted.numbered($0) }.first {
            lookAlike(of: $0, besides: nil) == nil && !rules.isReserved($0, forOthersThan: nil)
        }
    }

    private mutating func turnAway(
        _ request: ChatRequest, _ member: ChatMember, _ reason: String, now: UInt64
    ) {
        refuse(request, member.id, reason, now: now)
        log("refused", member, other: request.name, text: reason, now: now)
        leave(.dismiss(member.id, .notAdmitted, reason: reason))
        members[member.id] = nil
    }

    private mutating func welcome(
        _ id: ChatMember.ID, as nickname: Nickname, wanted: Nickname, _ request: ChatRequest,
        now: UInt64
    ) {
        name(id, nickname)
        guard let member = members[id] else { return }
        members[id]?.silencedUntil = rules.silence(
            of: nickname, pin: member.pin, host: Self.host(member.address), now: now)
        var event = event(.welcome, member, other: member.secret, text: greeting, now: now)
        event.number = run
        event.tag = request.tag
        leave(.send(event, to: [id]))
        if nickname.folded != wanted.folded {
            notice("\(wanted.text) is taken: you are \(nickname.text)", to: id, now: now)
        }
        log("came", member, text: member.pin ?? "", now: now)
    }

    // MARK: Rooms

    private mutating func join(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard let name = RoomName(request.room)?.text else {
            return refuse(request, member.id, "a room is # and letters or digits", now: now)
        }
        guard !member.rooms.contains(name) else {
            return refuse(request, member.id, "you are in \(name) already", now: now)
        }
        guard member.rooms.count < ChatConstants.maximumRoomsPerMember else {
            return refuse(request, member.id, "you are in too many rooms: /leave one", now: now)
        }
        guard openRoom(name), var room = rooms[name] else {
            return refuse(request, member.id, "the server has too many rooms", now: now)
        }
        let others = room.members
        room.enter(member.id)
        rooms[name] = room
        members[member.id]?.rooms.append(name)
        var entry = event(.room, member, room: name, text: room.topic, now: now)
        entry.tag = request.tag
        entry.number = room.history.lastNumber
        leave(.send(entry, to: [member.id]))
        sendNames(of: room, to: member.id, tag: 0, now: now)
        replay(room, after: request.number, to: member.id, now: now)
        leave(.send(event(.joined, member, room: name, now: now), to: others))
        log("joined", member, room: name, now: now)
    }

    private mutating func replay(
        _ room: ChatRoom, after seen: UInt64, to id: ChatMember.ID, now: UInt64
    ) {
        let replay = room.history.replay(after: seen)
        if replay.goneCount > 0 {
            leave(
                .send(
                    ChatEvent(
                        kind: .gap, number: replay.goneCount, time: now, room: room.name), to: [id])
            )
        }
        for var event in replay.events {
            event.flags.insert(.replay)
            leave(.send(event, to: [id]))
        }
        leave(
            .send(
                ChatEvent(
                    kind: .replayed, number: UInt64(replay.events.count), time: now,
                    room: room.name), to: [id]))
    }

    private mutating func part(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard let name = RoomName(request.room)?.text, member.rooms.contains(name) else {
            return refuse(request, member.id, "you are not in that room", now: now)
        }
        done(request, member.id, now: now)
        let reason = isMuted(member, at: now) ? "" : Self.note(request.text)
        depart(member, from: name, reason: reason, now: now)
    }

    // MARK: Talk

    private mutating func talk(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard let name = RoomName(request.room)?.text, member.rooms.contains(name) else {
            return refuse(request, member.id, "you are not in that room", now: now)
        }
        if let reason = objection(to: request.text, member, now: now) {
            return refuse(request, member.id, reason, now: now)
        }
        let kind: ChatEvent.Kind = request.kind == .say ? .message : .action
        let draft = event(kind, member, room: name, text: request.text, now: now)
        guard let event = rooms[name]?.number(draft), let room = rooms[name] else { return }
        leave(.send(event, to: room.members))
        done(request, member.id, number: event.number, now: now)
        leave(.keep(event))
        log(
            kind == .message ? "message" : "action", member, room: name, text: request.text,
            number: event.number, now: now)
    }

    private mutating func direct(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard let target = self.member(named: request.name) else {
            return refuse(request, member.id, "nobody is called \(request.name)", now: now)
        }
        if let reason = objection(to: request.text, member, now: now) {
            return refuse(request, member.id, reason, now: now)
        }
        directNumber += 1
        var event = event(.direct, member, other: target.nick, text: request.text, now: now)
        event.number = directNumber
        leave(.send(event, to: target.id == member.id ? [member.id] : [target.id, member.id]))
        done(request, member.id, number: directNumber, now: now)
        if let note = target.awayNote {
            notice(
                "\(target.nick) is away" + (note.isEmpty ? "" : ": \(note)"), to: member.id,
                now: now)
        }
    }

    private static let muted = "an operator muted you"

    private func isMuted(_ member: ChatMember, at now: UInt64) -> Bool {
        member.silencedUntil > now
    }

    /// Why somebody may not say this now.
    private func objection(to text: String, _ member: ChatMember, now: UInt64) -> String? {
        isMuted(member, at: now) ? Self.muted : ChatTextLimit.objection(to: text)
    }

    // MARK: Names and notes

    private mutating func rename(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard !isMuted(member, at: now) else {
            return refuse(request, member.id, Self.muted, now: now)
        }
        guard let wanted = Nickname(request.name) else {
            return refuse(request, member.id, Self.nicknameRule, now: now)
        }
        if let ban = rules.ban(nickname: wanted, pin: nil, host: "", now: now) {
            return refuse(request, member.id, "\(ban.nick) is banned", now: now)
        }
        guard !rules.isReserved(wanted, forOthersThan: member.pin) else {
            return refuse(
                request, member.id, "\(wanted.text) belongs to a certificate", now: now)
        }
        if let other = lookAlike(of: wanted, besides: member.id) {
            guard other.nickname?.folded == wanted.folded else {
                return refuse(
                    request, member.id, "\(wanted.text) looks like \(other.nick)", now: now)
            }
            let hint = freeName(for: wanted).map { "; \($0.text) is free" } ?? ""
            return refuse(request, member.id, "\(wanted.text) is taken\(hint)", now: now)
        }
        let event = event(.renamed, member, other: wanted.text, now: now)
        name(member.id, wanted)
        leave(.send(event, to: company(of: member)))
        done(request, member.id, now: now)
        log("renamed", member, other: wanted.text, now: now)
    }

    private mutating func setAway(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        let isAway = request.number == 1
        let note = isMuted(member, at: now) ? "" : Self.note(request.text)
        members[member.id]?.awayNote = isAway ? note : nil
        done(request, member.id, now: now)
        guard isAway || member.awayNote != nil else { return }
        leave(
            .send(
                event(isAway ? .away : .back, member, text: isAway ? note : "", now: now),
                to: company(of: member)))
        log(isAway ? "away" : "back", member, text: isAway ? note : "", now: now)
    }

    private mutating func setTopic(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard let name = RoomName(request.room)?.text, member.rooms.contains(name) else {
            return refuse(request, member.id, "you are not in that room", now: now)
        }
        guard !isMuted(member, at: now) else {
            return refuse(request, member.id, Self.muted, now: now)
        }
        let topic = Self.note(request.text)
        rooms[name]?.topic = topic
        leave(
            .send(
                event(.topic, member, room: name, text: topic, now: now),
                to: rooms[name]?.members ?? []))
        done(request, member.id, now: now)
        log("topic", member, room: name, text: topic, now: now)
    }

    /// The beginning of a text, as one line, that fits where notes go.
    static func note(
        _ text: String, atMost byteCount: Int = ChatConstants.maximumNoteByteCount
    ) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            guard result.utf8.count + 4 <= byteCount else { break }
            result.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
        }
        return result
    }
}
