extension ChatState {
    mutating func tellNames(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard let name = RoomName(request.room)?.text, let room = rooms[name] else {
            return refuse(request, member.id, "there is no such room", now: now)
        }
        sendNames(of: room, to: member.id, tag: request.tag, now: now)
        done(request, member.id, now: now)
    }

    mutating func sendNames(
        of room: ChatRoom, to id: ChatMember.ID, tag: UInt32, now: UInt64
    ) {
        let names = room.members.compactMap { members[$0]?.listed }
        var rest = names[...]
        repeat {
            let part = rest.prefix(ChatConstants.namesPerEvent)
            rest = rest.dropFirst(part.count)
            leave(
                .send(
                    ChatEvent(
                        kind: .names, tag: tag, number: UInt64(names.count), time: now,
                        room: room.name, text: part.joined(separator: " ")), to: [id]))
        } while !rest.isEmpty
    }

    mutating func tellWhois(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        guard let target = self.member(named: request.name) else {
            return refuse(request, member.id, "nobody is called \(request.name)", now: now)
        }
        var facts = ["in \(target.rooms.isEmpty ? "no room" : target.rooms.joined(separator: " "))"]
        if target.isOperator { facts.append("operator") }
        facts.append(target.pin.map { "key \($0)" } ?? "no certificate")
        if let subject = target.identity.subject { facts.append("certified as \(subject)") }
        if let note = target.awayNote { facts.append("away" + (note.isEmpty ? "" : ": \(note)")) }
        if member.isOperator { facts.append("from \(target.address)") }
        var answer = event(.whois, target, text: facts.joined(separator: ", "), now: now)
        answer.tag = request.tag
        leave(.send(answer, to: [member.id]))
        done(request, member.id, now: now)
    }

    mutating func tellRooms(_ request: ChatRequest, _ member: ChatMember, now: UInt64) {
        let list = rooms.values.sorted { $0.name < $1.name }.map {
            "\($0.name) \($0.members.count)" + ($0.topic.isEmpty ? "" : " \($0.topic)")
        }
        var text = ""
        for line in list
        where text.utf8.count + line.utf8.count < ChatConstants.maximumTextByteCount {
            text += (text.isEmpty ? "" : "\n") + line
        }
        leave(
            .send(
                ChatEvent(kind: .rooms, tag: request.tag, time: now, text: text), to: [member.id]))
        done(request, member.id, now: now)
    }
}

/// What a message may be.
enum ChatTextLimit {
    /// Why a text is no message; nil when it is one.
    static func objection(to text: String) -> String? {
        guard text.utf8.count <= ChatConstants.maximumTextByteCount else {
            return "a message has at most \(ChatConstants.maximumTextByteCount) bytes"
        }
        var lineByteCount = 0
        var lineCount = 1
        var isBlank = true
        for byte in text.utf8 {
            lineByteCount = byte == 0x0a ? 0 : lineByteCount + 1
            lineCount += byte == 0x0a ? 1 : 0
            if byte > 0x20 { isBlank = false }
            guard lineByteCount <= ChatConstants.maximumLineByteCount else {
                return "a line has at most \(ChatConstants.maximumLineByteCount) bytes"
            }
        }
        guard lineCount <= ChatConstants.maximumLineCount else {
            return "a message has at most \(ChatConstants.maximumLineCount) lines"
        }
        return isBlank ? "nothing to say" : nil
    }
}
