internal import SUDPTransport

/// What a client's certificate proves, and where it comes from.
struct ChatIdentity: Equatable, Sendable {
    /// Where it comes from, for the server's log and for operators only.
    var address: String
    /// The pin of the key that its certificate is for.
    var pin: String?
    /// The digest of its certificate, in the form of a pin.
    var fingerprint: String?
    /// Who it is, by an authority that the server trusts.
    var subject: String?

    /// The same as a number, which bans of networks are about.
    var networkAddress: NetworkAddress?

    init(address: String, pin: String? = nil) {
        self.address = address
        networkAddress = Self.parsed(address)
        self.pin = pin
    }

    /// Takes it from a connection.
    init(_ connection: Connection, isVerified: Bool) {
        let peer = connection.peerIdentity
        address = connection.remoteAddress.text
        networkAddress = connection.remoteAddress
        pin = Self.text(peer.publicKeyPin)
        fingerprint = Self.text(peer.certificateFingerprint)
        subject = isVerified ? peer.certificateSubject : nil
    }

    private static func parsed(_ address: String) -> NetworkAddress? {
        let host = address.lastIndex(of: ":").map { address[..<$0] } ?? address[...]
        return NetworkAddress(host: String(host.filter { !"[]".contains($0) }), port: 0)
    }

    private static func text(_ digest: [UInt8]?) -> String? {
        digest.flatMap { PublicKeyPin(digest: $0)?.description }
    }
}
