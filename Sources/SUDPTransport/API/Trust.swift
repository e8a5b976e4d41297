internal import SUDPCrypto

/// Which servers a client accepts.
public struct Trust: Sendable {
    let policy: TrustPolicy

    /// Nobody: the handshake fails, and the failure names the pin of the key that was met.
    public static let nothing = Trust(policy: .nothing)

    /// Everybody: encryption without knowing to whom.
    public static let insecure = Trust(policy: .unverified)

    /// Servers with a certificate for their name from one of the authorities in the PEM text.
    ///
    /// - Throws: `TransportError` of category `local` when the text holds no certificate.
    public static func authorities(pem: String) throws(TransportError) -> Trust {
        do throws(CryptoError) {
            return Trust(policy: .authorities(try Certificate.bundle(pem: pem)))
        } catch {
            throw TransportError(error)
        }
    }

    /// Servers with a certificate for their name from one of the authorities in the PEM files.
    ///
    /// - Throws: `TransportError` of category `system` or `local` when a file cannot be used.
    public static func authorities(files: [String]) throws(TransportError) -> Trust {
        var certificates: [Certificate] = []
        for file in files {
            do {
                certificates += try Certificate.bundle(pem: try TextFile.read(file))
            } catch let error as SystemError {
                throw TransportError(error)
            } catch let error as CryptoError {
                throw TransportError(.local, "\(file): \(error.description)")
            } catch {
                throw TransportError(.local, "\(file): \(error)")
            }
        }
        return Trust(policy: .authorities(certificates))
    }

    /// The server with exactly this public key, in the form `sha256:` and 64 hexadecimal digits.
    ///
    /// - Throws: `TransportError` of category `local` when the text has another form.
    public static func pin(_ text: String) throws(TransportError) -> Trust {
        guard let digest = PublicKeyPin(text)?.digest else {
            throw TransportError(
                .local, "a pin is sha256: and 64 hexadecimal digits, not \(text.debugDescription)")
        }
        return Trust(policy: .pins([digest]))
    }
}
