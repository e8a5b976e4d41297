package import SUDPProtocol

/// The links between the clients and the server, and the addresses that a NAT shows outside.
package struct Network {
    private var links: [Link]
    private var outsideAddresses: [NetworkAddress]

    package init(_ scenario: Scenario, random: inout SeededRandom) {
        links = []
        for _ in 0..<scenario.clientCount {
            links.append(Link(scenario.uplink, random: random.fork()))
            links.append(Link(scenario.downlink, random: random.fork()))
        }
        outsideAddresses = (0..<scenario.clientCount).map { Simulation.clientAddress($0) }
    }

    package static func uplink(of client: Int) -> Int { 2 * client }
    package static func downlink(of client: Int) -> Int { 2 * client + 1 }
    package static func isUplink(_ link: Int) -> Bool { link % 2 == 0 }
    package static func client(of link: Int) -> Int { link / 2 }

    /// The link to the client behind this outside address.
    package func downlink(to address: NetworkAddress) -> Int? {
        outsideAddresses.firstIndex(of: address).map { Self.downlink(of: $0) }
    }

    package func client(at address: NetworkAddress) -> Int? {
        outsideAddresses.firstIndex(of: address)
    }

    package mutating func number(_ datagram: inout NetworkDatagram, link: Int) {
        links[link].number(&datagram)
    }

    package func isEnd(stage: Int, of link: Int) -> Bool {
        stage >= links[link].stageCount
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, link: Int, stage: Int, now: Instant
    ) -> [NetworkDelivery] {
        links[link].pass(datagram, stage: stage, now: now)
    }

    /// Notes where a client's datagrams come from, or gives back what a NAT had translated.
    package mutating func translate(_ datagram: inout NetworkDatagram, link: Int) {
        let client = Self.client(of: link)
        if Self.isUplink(link) {
            outsideAddresses[client] = datagram.source
        } else {
            datagram.destination = Simulation.clientAddress(client)
        }
    }
}
