/// Who may not come in and whose names are taken, beyond the present members.
struct ChatRules: Equatable, Sendable {
    /// A ban of a name, of the key of a certificate, or of an address.
    struct Ban: Equatable, Sendable {
        let nick: String
        var pin: String?
        var host: String?
        /// Milliseconds since 1970; 0 for ever.
        let until: UInt64
        let reason: String

        func isOver(at now: UInt64) -> Bool { until != 0 && until <= now }
    }

    private(set) var bans: [Ban] = []
    /// A name that belongs to the key of a certificate.
    struct Reservation: Equatable, Sendable {
        let name: Nickname
        let pin: String
    }

    private(set) var reservations: [Reservation] = []

    mutating func add(_ ban: Ban, now: UInt64) -> Bool {
        bans.removeAll { $0.isOver(at: now) || Self.isSame($0.nick, ban.nick) }
        guard bans.count < ChatConstants.maximumBans else { return false }
        bans.append(ban)
        return true
    }

    mutating func lift(_ nick: String) -> Bool {
        let before = bans.count
        bans.removeAll { Self.isSame($0.nick, nick) }
        return bans.count < before
    }

    /// The ban that keeps somebody out.
    func ban(nickname: Nickname, pin: String?, host: String, now: UInt64) -> Ban? {
        bans.first { ban in
            guard !ban.isOver(at: now) else { return false }
            if let banned = ban.pin, banned == pin { return true }
            if let banned = ban.host, banned == host { return true }
            guard let banned = Nickname(ban.nick) else { return false }
            return !banned.skeletons.isDisjoint(with: nickname.skeletons)
        }
    }

    /// Whether the name belongs to another certificate.
    func isReserved(_ nickname: Nickname, forOthersThan pin: String?) -> Bool {
        reservations.contains { reservation in
            reservation.pin != pin
                && !reservation.name.skeletons.isDisjoint(with: nickname.skeletons)
        }
    }

    /// Keeps the name for the certificate; false when that is nothing new.
    mutating func reserve(_ nickname: Nickname, for pin: String) -> Bool {
        guard !reservations.contains(where: { $0.name.folded == nickname.folded }),
            reservations.count < ChatConstants.maximumReservations
        else { return false }
        reservations.append(Reservation(name: nickname, pin: pin))
        return true
    }

    private static func isSame(_ a: String, _ b: String) -> Bool {
        Nickname.fold(a) == Nickname.fold(b)
    }
}
