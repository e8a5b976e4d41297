extension ChatState {
    /// Does what only operators may.
    mutating func operate(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard member.isOperator else {
            return refuse(request, member.id, "only operators may do that", now: now)
        }
        switch request.kind {
        case .motd: setGreeting(request, member, now: now)
        case .bans: tellBans(request, member, now: now)
        case .unban:
            let name = AddressRange(request.name)?.text ?? request.name
            guard rules.lift(name) else {
                return refuse(request, member.id, "\(request.name) is not banned", now: now)
            }
            leave(.saveRules)
            done(request, member.id, now: now)
            log("unbanned", member, other: name, now: now)
        default: operateOnMember(request, member, now: now)
        }
    }

    private mutating func setGreeting(
        _ request: ChatRequest, _ member: ChatMember, now: UInt64
    ) {
        let isBlank = !request.text.utf8.contains { $0 > 0x20 }
        let limit = ChatConstants.maximumGreetingByteCount
        guard request.text.utf8.count <= limit else {
            return refuse(request, member.id, "that has at most \(limit) bytes", now: now)
        }
        rules.greeting = isBlank ? "" : request.text
        leave(.saveRules)
        done(request, member.id, now: now)
        log("motd", member, text: greeting, now: now)
    }

    private mutating func operateOnMember(
        _ request: ChatRequest, _ member: ChatMember, now: UInt64
    ) {
        let target = self.member(named: request.name)
        if target?.id == member.id, [.kick, .ban, .mute].contains(request.kind) {
            return refuse(request, member.id, "you cannot \(request.kind) yourself", now: now)
        }
        if request.kind == .ban { return ban(request, target, by: member, now: now) }
        guard let target else {
            if request.kind == .unmute, rules.unmute(request.name, pin: nil, host: "") {
                leave(.saveRules)
                return done(request, member.id, now: now)
            }
            return refuse(request, member.id, "nobody is called \(request.name)", now: now)
        }
        switch request.kind {
        case .kick:
            done(request, member.id, now: now)
            throwOut(target, by: member, "kicked", Self.note(request.text), now: now)
        case .mute: mute(request, target, by: member, now: now)
        case .unmute:
            members[target.id]?.silencedUntil = 0
            if rules.unmute(target.nick, pin: target.pin, host: Self.host(target.address)) {
                leave(.saveRules)
            }
            tell(target, "\(member.nick) lets you speak", request, member, "unsilenced", now: now)
        case .op:
            members[target.id]?.isOperator = true
            if let pin = target.pin {
                if rules.appoint(pin) { leave(.saveRules) }
            } else {
                notice(
                    "\(target.nick) has no certificate, and is an operator until it leaves",
                    to: member.id, now: now)
            }
            tell(target, "\(member.nick) made you an operator", request, member, "op", now: now)
        default:
            members[target.id]?.isOperator = false
            if let pin = target.pin, rules.dismiss(pin) { leave(.saveRules) }
            tell(target, "you are no operator any more", request, member, "deop", now: now)
        }
    }

    private mutating func mute(
        _ request: ChatRequest, _ target: ChatMember, by member: ChatMember, now: UInt64
    ) {
        let until = Self.end(after: request.number, now: now)
        guard rules.mute(ban(of: target.nick, target, until: until, reason: ""), now: now) else {
            return refuse(request, member.id, "too many are muted: /unmute some", now: now)
        }
        members[target.id]?.silencedUntil = until == 0 ? .max : until
        leave(.saveRules)
        let words = "\(member.nick) muted you \(Self.length(request.number))"
        tell(target, words, request, member, "silenced", now: now)
    }

    /// A time in the largest unit that holds it a whole number of times.
    private static func length(_ seconds: UInt64) -> String {
        guard seconds > 0 else { return "until an operator lets you speak" }
        let seconds = min(seconds, UInt64(UInt32.max))
        let units: [(UInt64, String)] = [(86_400, "d"), (3600, "h"), (60, "m")]
        let (size, unit) = units.first { seconds.isMultiple(of: $0.0) } ?? (1, "s")
        return "for \(seconds / size)\(unit)"
    }

    /// So many seconds later; 0 for ever.
    private static func end(after seconds: UInt64, now: UInt64) -> UInt64 {
        seconds == 0 ? 0 : now + min(seconds, UInt64(UInt32.max)) * 1000
    }

    /// A ban of the name and of the key or else the address.
    private func ban(
        of nick: String, _ target: ChatMember, until: UInt64, reason: String
    ) -> ChatRules.Ban {
        let host = Self.host(target.address)
        return ChatRules.Ban(
            nick: nick, pin: target.pin, host: target.pin == nil && !host.isEmpty ? host : nil,
            until: until, reason: reason)
    }

    /// A ban of somebody who is not here: of all that a ban before it was of, or else of the key
    /// to which the name belongs.
    private func ban(
        ofAbsent nickname: Nickname, until: UInt64, reason: String, now: UInt64
    ) -> ChatRules.Ban {
        let former = rules.ban(named: nickname.text, now: now)
        return ChatRules.Ban(
            nick: nickname.text, pin: former?.pin ?? rules.owner(of: nickname),
            host: former?.host, until: until, reason: reason)
    }

    private mutating func tell(
        _ target: ChatMember, _ text: String, _ request: ChatRequest, _ member: ChatMember,
        _ event: String, now: UInt64
    ) {
        notice(text, to: target.id, now: now)
        done(request, member.id, now: now)
        log(event, member, other: target.nick, now: now)
    }

    private mutating func ban(
        _ request: ChatRequest, _ target: ChatMember?, by member: ChatMember, now: UInt64
    ) {
        if let network = AddressRange(request.name) {
            return ban(network, request, by: member, now: now)
        }
        guard let nickname = Nickname(request.name) else {
            let objection =
                AddressRange.isMeant(by: request.name)
                ? "\(request.name) is no address and no network, such as 192.0.2.0/24"
                : Self.nicknameRule
            return refuse(request, member.id, objection, now: now)
        }
        let reason = Self.note(request.text, atMost: ChatConstants.banReasonByteCount)
        let until = Self.end(after: request.number, now: now)
        let entry =
            target.map { self.ban(of: nickname.text, $0, until: until, reason: reason) }
            ?? self.ban(ofAbsent: nickname, until: until, reason: reason, now: now)
        guard rules.add(entry, now: now) else {
            return refuse(request, member.id, "there are too many bans: /unban some", now: now)
        }
        leave(.saveRules)
        done(request, member.id, now: now)
        if let target {
            throwOut(target, by: member, "banned", reason, now: now)
        } else {
            log("banned", member, other: nickname.text, text: reason, now: now)
        }
    }

    /// Keeps out whoever comes from there, with or without a certificate.
    private mutating func ban(
        _ network: AddressRange, _ request: ChatRequest, by member: ChatMember, now: UInt64
    ) {
        func isThere(_ member: ChatMember) -> Bool {
            member.identity.networkAddress.map(network.contains) ?? false
        }
        guard !isThere(member) else {
            return refuse(
                request, member.id, "you are in \(network.text) yourself: not banned", now: now)
        }
        let reason = Self.note(request.text, atMost: ChatConstants.banReasonByteCount)
        let entry = ChatRules.Ban(
            nick: network.text, pin: nil, host: nil,
            until: Self.end(after: request.number, now: now),
            reason: reason)
        guard rules.add(entry, now: now) else {
            return refuse(request, member.id, "there are too many bans: /unban some", now: now)
        }
        leave(.saveRules)
        done(request, member.id, now: now)
        log("banned", member, other: network.text, text: reason, now: now)
        let those = members.values.filter { $0.nickname != nil && isThere($0) }
        for target in those.sorted(by: { $0.id < $1.id }) {
            throwOut(target, by: member, "banned", reason, now: now)
        }
    }

    private mutating func throwOut(
        _ target: ChatMember, by member: ChatMember, _ deed: String, _ reason: String, now: UInt64
    ) {
        let words = "\(deed) by \(member.nick)" + (reason.isEmpty ? "" : ": \(reason)")
        leave(
            .send(
                event(.kicked, member, other: target.nick, text: words, now: now),
                to: Array(Set(company(of: target)).union([member.id]))))
        log(deed, member, other: target.nick, text: reason, now: now)
        leave(.dismiss(target.id, .thrownOut, reason: words))
        disconnect(target.id, reason: words, isAnnounced: false, now: now)
    }

    private mutating func tellBans(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        let list = rules.bans.filter { !$0.isOver(at: now) }.prefix(ChatConstants.namesPerEvent)
        for ban in list {
            let end = ban.until == 0 ? "for ever" : "for \((ban.until - now + 999) / 1000) s more"
            notice(
                "ban: \(ban.nick) \(end) \(ban.reason)", to: member.id, tag: request.tag, now: now)
        }
        if list.isEmpty { notice("no bans", to: member.id, tag: request.tag, now: now) }
        done(request, member.id, now: now)
    }
}
