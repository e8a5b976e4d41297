internal import SUDPCrypto
internal import Synchronization

/// Tickets that servers gave, by which later connections to them resume a session: without
/// certificates, and with early data where the server takes it.
///
/// A ticket is used once, and only while the server's certificate would still be accepted.
public final class TicketStore: Sendable {
    private struct Server: Hashable {
        var host: String
        var port: UInt16
    }

    /// Servers whose tickets are kept; any goes for a new one.
    private static let serversKept = 256

    private let ticketsPerServer: Int
    private let tickets = Mutex<[Server: [SessionTicket]]>([:])

    /// Makes an empty store, which keeps the newest so many tickets of each server.
    public init(ticketsPerServer: Int = 16) {
        self.ticketsPerServer = max(ticketsPerServer, 1)
    }

    /// How many connections to the server could resume a session.
    public func count(host: String, port: UInt16) -> Int {
        tickets.withLock { $0[Server(host: host, port: port)]?.count ?? 0 }
    }

    /// Adds a ticket that another store gave out as text.
    ///
    /// - Throws: `TransportError` of category `local` when it is no such text.
    public func insert(pem: String, host: String, port: UInt16) throws(TransportError) {
        do throws(CryptoError) {
            insert(try SessionTicket(pem: pem), host: host, port: port)
        } catch {
            throw TransportError(error)
        }
    }

    /// The newest ticket of the server as text with a secret in it, which is then gone from here;
    /// nil when there is none.
    public func takePEM(host: String, port: UInt16) -> String? {
        take(host: host, port: port)?.pem
    }

    func insert(_ ticket: SessionTicket, host: String, port: UInt16) {
        let server = Server(host: host, port: port)
        tickets.withLock { tickets in
            if tickets[server] == nil, tickets.count >= Self.serversKept,
                let other = tickets.keys.first
            {
                tickets[other] = nil
            }
            var kept = tickets[server] ?? []
            if kept.count >= ticketsPerServer { kept.removeFirst() }
            kept.append(ticket)
            tickets[server] = kept
        }
    }

    /// The newest ticket of the server, which is then gone from here.
    func take(host: String, port: UInt16) -> SessionTicket? {
        tickets.withLock { $0[Server(host: host, port: port)]?.popLast() }
    }
}
