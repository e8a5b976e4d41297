/// The keys of both kinds of packet, and how many packets failed under them.
struct PacketProtectionState {
    var initial: InitialKeys?
    var session: SessionProtection?
    var forgedPackets: UInt64 = 0
}
