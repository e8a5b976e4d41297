package import SUDPProtocol

/// Checks that a server sends at most three times what it received to an address that has not
/// proved to receive (RFC 9000 §8.1): shown a connection ID that the server chose, or, after a
/// move, sent a DATA packet after something from the server had arrived.
package struct AmplificationLedger {
    private struct Account {
        var received = 0
        var sent = 0
        var isValidated = false
        var hasHeard = false
        var serverIDs: Set<[UInt8]> = []
    }

    private var accounts: [NetworkAddress: Account] = [:]

    package init() {}

    package mutating func serverReceived(_ datagram: NetworkDatagram) {
        var account = accounts[datagram.source, default: Account()]
        account.received += datagram.bytes.count
        if let header = InvariantHeader(datagram.bytes) {
            account.isValidated =
                account.isValidated || account.serverIDs.contains(header.destination)
        } else {
            let identifier = Array(datagram.bytes.dropFirst().prefix(8))
            account.isValidated =
                account.isValidated || account.hasHeard
                || account.serverIDs.contains(identifier)
        }
        accounts[datagram.source] = account
    }

    /// Notes that something from the server arrived at this address of a client.
    package mutating func clientReceived(at address: NetworkAddress) {
        accounts[address]?.hasHeard = true
    }

    /// Notes what the server sends; what is wrong with it, if anything.
    package mutating func serverSent(_ datagram: NetworkDatagram) -> String? {
        var account = accounts[datagram.destination, default: Account()]
        account.sent += datagram.bytes.count
        if let header = InvariantHeader(datagram.bytes), header.version != 0 {
            account.serverIDs.insert(header.source)
        }
        accounts[datagram.destination] = account
        guard !account.isValidated, account.sent > 3 * account.received else { return nil }
        return "amplification: sent \(account.sent) bytes to an unvalidated address for "
            + "\(account.received) received"
    }
}
