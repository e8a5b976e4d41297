import SUDPCrypto

/// A client and a server session whose bytes are handed over in memory.
final class HandshakePair {
    static let now: Int64 = 1_800_000_000

    let client: TLSSession
    let server: TLSSession
    private(set) var clientFailure: TLSFailure?
    private(set) var serverFailure: TLSFailure?
    private(set) var isClientComplete = false
    private(set) var isServerComplete = false
    private(set) var clientFlights: [[UInt8]] = []
    private(set) var serverFlights: [[UInt8]] = []

    init(
        client: TLSContext, server: TLSContext, serverName: String? = "server.example",
        clientParameters: [UInt8] = [1, 2, 3], serverParameters: [UInt8] = [4, 5],
        now: Int64 = HandshakePair.now, ticket: SessionTicket? = nil, offersEarlyData: Bool = false
    ) throws {
        self.client = try TLSSession(
            context: client, side: .client, serverName: serverName,
            transportParameters: clientParameters, verificationTime: now, ticket: ticket,
            offersEarlyData: offersEarlyData)
        self.server = try TLSSession(
            context: server, side: .server, serverName: nil,
            transportParameters: serverParameters, verificationTime: now)
    }

    /// The ticket of a handshake between these two that asks for one.
    static func ticket(client: TLSContext, server: TLSContext) throws -> SessionTicket? {
        let pair = try HandshakePair(client: client, server: server)
        pair.server.giveTicket()
        pair.run()
        return pair.client.ticket
    }

    /// Hands bytes over until neither side has any more.
    func run() {
        stepClient([])
        while true {
            let toServer = client.takeOutput()
            if !toServer.isEmpty {
                clientFlights.append(toServer)
                stepServer(toServer)
            }
            let toClient = server.takeOutput()
            if !toClient.isEmpty {
                serverFlights.append(toClient)
                stepClient(toClient)
            }
            if toServer.isEmpty && toClient.isEmpty { return }
        }
    }

    func stepClient(_ bytes: [UInt8]) {
        client.receive(bytes)
        do {
            isClientComplete = try client.advance()
        } catch {
            clientFailure = error
        }
    }

    func stepServer(_ bytes: [UInt8]) {
        server.receive(bytes)
        do {
            isServerComplete = try server.advance()
        } catch {
            serverFailure = error
        }
    }
}

extension TLSSession {
    /// Whether there is a secret yet.
    var canExport: Bool { exportSecret(label: "EXPORTER-sudp probe", context: []) != nil }
}
