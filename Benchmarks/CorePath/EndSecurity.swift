import Foundation
import SUDPCrypto
import SUDPProtocol
import SUDPSimulator

/// What the server proves to be and what the client makes of it.
struct EndSecurity {
    let server: ServerSecurity
    let client: ClientSecurity

    /// The simulator's Ed25519 certificate, whose signatures cost the same every time.
    static let ordinary = EndSecurity(
        server: TestIdentity.ordinary.serverSecurity,
        client: TestIdentity.ordinary.clientSecurity(.secure))

    /// A server with these PEM files, whose certificate the client takes without verifying it.
    init(certificateFile: String, keyFile: String) throws {
        let text = { (file: String) in try String(contentsOfFile: file, encoding: .utf8) }
        let chain = try CertificateChain(
            certificatePEM: text(certificateFile), keyPEM: text(keyFile))
        let now = TestIdentity.wallClock
        server = ServerSecurity(
            context: try .server(identity: chain), allowsPlaintext: true,
            demandsClientCertificate: false, wallClock: now)
        client = .secure(
            try .client(trust: .unverified), serverName: TestIdentity.serverName, wallClock: now,
            resumption: Resumption())
    }

    private init(server: ServerSecurity, client: ClientSecurity) {
        (self.server, self.client) = (server, client)
    }
}
