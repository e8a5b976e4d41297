import COpenSSL
import SUDPCrypto

/// A TLS server by libssl alone that speaks `sudp/1` and may know transport parameters.
final class PlainTLSServer {
    private let context: OpaquePointer
    private let session: OpaquePointer

    init(identity: CertificateChain, sendsParameters: Bool) {
        context = SSL_CTX_new(TLS_server_method())
        let certificateInput = Self.input(identity.leaf.pem)
        let keyInput = Self.input(identity.privateKey.pem)
        let certificate = PEM_read_bio_X509(certificateInput, nil, nil, nil)
        let key = PEM_read_bio_PrivateKey(keyInput, nil, nil, nil)
        defer {
            BIO_free(certificateInput)
            BIO_free(keyInput)
            X509_free(certificate)
            EVP_PKEY_free(key)
        }
        SSL_CTX_use_certificate(context, certificate)
        SSL_CTX_use_PrivateKey(context, key)
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, output, byteCount, offered, _, _ in
                output?.pointee = offered.map { $0 + 1 }
                byteCount?.pointee = 6
                return SSL_TLSEXT_ERR_OK
            }, nil)
        if sendsParameters {
            Self.sendEmptyParameters(in: context)
        }
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
        return takeOutput()
    }

    func applicationData(_ bytes: [UInt8]) -> [UInt8] {
        SSL_write(session, bytes, Int32(bytes.count))
        return takeOutput()
    }

    func closeNotify() -> [UInt8] {
        SSL_shutdown(session)
        return takeOutput()
    }

    private func takeOutput() -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 65_536)
        let count = BIO_read(SSL_get_wbio(session), &output, Int32(output.count))
        return [UInt8](output.prefix(max(0, Int(count))))
    }

    private static func sendEmptyParameters(in context: OpaquePointer?) {
        let places =
            SSL_EXT_TLS1_3_ONLY | SSL_EXT_CLIENT_HELLO | SSL_EXT_TLS1_3_ENCRYPTED_EXTENSIONS
        SSL_CTX_add_custom_ext(
            context, 0xff5a, UInt32(places), { _, _, _, _, _, _, _, _, _ in 1 }, nil, nil,
            { _, _, _, _, _, _, _, _, _ in 1 }, nil)
    }

    private static func input(_ text: String) -> OpaquePointer? {
        let bytes = [UInt8](text.utf8)
        let input = BIO_new(BIO_s_mem())
        BIO_write(input, bytes, Int32(bytes.count))
        return input
    }
}
