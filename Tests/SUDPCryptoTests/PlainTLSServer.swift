import COpenSSL
import SUDPCrypto

/// A TLS server by libssl alone that speaks `sudp/1` and knows no transport parameters.
final class PlainTLSServer {
    private let context: OpaquePointer
    private let session: OpaquePointer

    init(identity: CertificateChain) throws {
        context = SSL_CTX_new(TLS_server_method())
        let certificate = Self.input(identity.leaf.pem)
        let key = Self.input(identity.privateKey.pem)
        SSL_CTX_use_certificate(context, PEM_read_bio_X509(certificate, nil, nil, nil))
        SSL_CTX_use_PrivateKey(context, PEM_read_bio_PrivateKey(key, nil, nil, nil))
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, output, byteCount, offered, _, _ in
                output?.pointee = offered.map { $0 + 1 }
                byteCount?.pointee = 6
                return SSL_TLSEXT_ERR_OK
            }, nil)
        session = SSL_new(context)
        SSL_set_bio(session, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()))
        SSL_set_accept_state(session)
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    func answer(to bytes: [UInt8]) -> [UInt8] {
        BIO_write(SSL_get_rbio(session), bytes, Int32(bytes.count))
        SSL_do_handshake(session)
        var answer = [UInt8](repeating: 0, count: 65_536)
        let count = BIO_read(SSL_get_wbio(session), &answer, Int32(answer.count))
        return [UInt8](answer.prefix(max(0, Int(count))))
    }

    private static func input(_ text: String) -> OpaquePointer? {
        let bytes = [UInt8](text.utf8)
        let input = BIO_new(BIO_s_mem())
        BIO_write(input, bytes, Int32(bytes.count))
        return input
    }
}
