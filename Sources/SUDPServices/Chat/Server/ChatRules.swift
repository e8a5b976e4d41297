internal import SUDPTransport

/// Who may not come in or speak, whose names are taken and who is an operator, beyond the present
/// members.
struct ChatRules: Equatable, Sendable {
    /// A ban or mute of a name, of the key of a certificate, or of an address; or one of a network,
    /// whose name it has instead.
    struct Ban: Equatable, Sendable {
        let nick: String
        let pin: String?
        let host: String?
        /// Milliseconds since 1970; 0 for ever.
        let until: UInt64
        let reason: String
        fileprivate let skeletons: Set<String>
        fileprivate let network: AddressRange?

        init(nick: String, pin: String?, host: String?, until: UInt64, reason: String) {
            network = AddressRange(nick)
            self.nick = network?.text ?? nick
            self.pin = pin
            self.host = host
            self.until = until
            self.reason = reason
            skeletons = Nickname(nick)?.skeletons ?? []
        }

        func isOver(at now: UInt64) -> Bool { until != 0 && until <= now }

        fileprivate func fits(_ nickname: Nickname, _ pin: String?, _ host: String) -> Bool {
            if let banned = self.pin, banned == pin { return true }
            if let banned = self.host, banned == host { return true }
            return !skeletons.isDisjoint(with: nickname.skeletons)
        }
    }

    /// A name that belongs to the key of a certificate.
    struct Reservation: Equatable, Sendable {
        let name: Nickname
        let pin: String
    }

    private(set) var bans: [Ban] = []
    private(set) var mutes: [Ban] = []
    private(set) var reservations: [Reservation] = []
    /// The keys that an operator made operators.
    private(set) var operators: Set<String> = []
    /// What an operator wants everybody to be told; nil when none said anything.
    var greeting: String?
    private var owners: [String: String] = [:]

    // MARK: Bans and mutes

    mutating func add(_ ban: Ban, now: UInt64) -> Bool {
        Self.add(ban, to: &bans, atMost: ChatConstants.maximumBans, now: now)
    }

    mutating func mute(_ mute: Ban, now: UInt64) -> Bool {
        Self.add(mute, to: &mutes, atMost: ChatConstants.maximumMutes, now: now)
    }

    private static func add(
        _ ban: Ban, to list: inout [Ban], atMost limit: Int, now: UInt64
    ) -> Bool {
        list.removeAll { $0.isOver(at: now) || isSame($0.nick, ban.nick) }
        guard list.count < limit else { return false }
        list.append(ban)
        return true
    }

    mutating func lift(_ nick: String) -> Bool {
        let before = bans.count
        bans.removeAll { Self.isSame($0.nick, nick) }
        return bans.count < before
    }

    /// Lets somebody speak again, whatever the mute was of.
    mutating func unmute(_ nick: String, pin: String?, host: String) -> Bool {
        let before = mutes.count
        mutes.removeAll { mute in
            if let muted = mute.pin, muted == pin { return true }
            if let muted = mute.host, muted == host { return true }
            return Self.isSame(mute.nick, nick)
        }
        return mutes.count < before
    }

    /// The ban that keeps somebody out.
    func ban(
        nickname: Nickname, pin: String?, host: String, address: NetworkAddress? = nil, now: UInt64
    ) -> Ban? {
        bans.first { ban in
            guard !ban.isOver(at: now) else { return false }
            if let network = ban.network { return address.map(network.contains) ?? false }
            return ban.fits(nickname, pin, host)
        }
    }

    /// The ban that an operator made under this name.
    func ban(named nick: String, now: UInt64) -> Ban? {
        bans.first { !$0.isOver(at: now) && Self.isSame($0.nick, nick) }
    }

    /// Until when somebody may not speak, in milliseconds since 1970; 0 when that is no question.
    func silence(of nickname: Nickname, pin: String?, host: String, now: UInt64) -> UInt64 {
        let ends = mutes.filter { !$0.isOver(at: now) && $0.fits(nickname, pin, host) }
            .map { $0.until == 0 ? UInt64.max : $0.until }
        return ends.max() ?? 0
    }

    // MARK: Names

    /// Whether the name belongs to another certificate.
    func isReserved(_ nickname: Nickname, forOthersThan pin: String?) -> Bool {
        nickname.skeletons.contains { skeleton in owners[skeleton].map { $0 != pin } ?? false }
    }

    /// The key to which the name belongs.
    func owner(of nickname: Nickname) -> String? {
        reservations.first { $0.name.folded == nickname.folded }?.pin
    }

    /// Keeps the name for the certificate; false when that is nothing new, or when it has enough.
    mutating func reserve(_ nickname: Nickname, for pin: String) -> Bool {
        guard !reservations.contains(where: { $0.name.folded == nickname.folded }),
            reservations.count < ChatConstants.maximumReservations,
            reservations.count(where: { $0.pin == pin }) < ChatConstants.reservationsPerKey
        else { return false }
        reservations.append(Reservation(name: nickname, pin: pin))
        for skeleton in nickname.skeletons where owners[skeleton] == nil { owners[skeleton] = pin }
        return true
    }

    // MARK: Operators

    func hasOperator(_ pin: String?) -> Bool { pin.map(operators.contains) ?? false }

    /// Remembers an operator; false when that is nothing new, or there are too many.
    mutating func appoint(_ pin: String) -> Bool {
        guard operators.count < ChatConstants.maximumOperators else { return false }
        return operators.insert(pin).inserted
    }

    /// Forgets an operator; false when there was none.
    mutating func dismiss(_ pin: String) -> Bool {
        operators.remove(pin) != nil
    }

    private static func isSame(_ a: String, _ b: String) -> Bool {
        Nickname.fold(a) == Nickname.fold(b)
    }
}
