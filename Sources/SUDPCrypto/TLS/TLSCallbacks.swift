internal import COpenSSL

/// The functions that libssl calls while a session advances, on the session's own thread.
enum TLSCallbacks {
    private static let sessionIndex = CRYPTO_get_ex_new_index(
        CRYPTO_EX_INDEX_SSL, 0, nil, nil, nil, nil)

    static func attach(_ session: TLSSession, to ssl: OpaquePointer) -> Bool {
        SSL_set_ex_data(ssl, sessionIndex, Unmanaged.passUnretained(session).toOpaque()) == 1
    }

    static func install(in context: OpaquePointer, side: TLSSide, logsKeys: Bool) {
        installTransportParameters(in: context)
        SSL_CTX_set_info_callback(context) { ssl, event, value in
            guard event & SSL_CB_ALERT != 0, let session = TLSCallbacks.session(of: ssl) else {
                return
            }
            session.note(
                alert: UInt8(truncatingIfNeeded: value), isFromPeer: event & SSL_CB_READ != 0)
        }
        SSL_CTX_set_cert_verify_callback(
            context,
            { chain, _ in
                guard let chain, let session = TLSCallbacks.session(ofChain: chain) else {
                    return 0
                }
                return session.accepts(chain: chain) ? 1 : 0
            }, nil)
        if logsKeys {
            SSL_CTX_set_keylog_callback(context) { ssl, line in
                guard let line else { return }
                TLSCallbacks.session(of: ssl)?.context.keyLog?(String(cString: line))
            }
        }
        switch side {
        case .client:
            offerApplicationProtocol(in: context)
            takeTickets(in: context)
        case .server: demandClientHelloExtensions(in: context)
        }
    }

    private static func session(of ssl: OpaquePointer?) -> TLSSession? {
        SSL_get_ex_data(ssl, sessionIndex).map {
            Unmanaged<TLSSession>.fromOpaque($0).takeUnretainedValue()
        }
    }

    private static func session(ofChain chain: OpaquePointer) -> TLSSession? {
        let ssl = X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx())
        return TLSCallbacks.session(of: ssl.map { OpaquePointer($0) })
    }

    private static func installTransportParameters(in context: OpaquePointer) {
        let places =
            SSL_EXT_TLS_ONLY | SSL_EXT_TLS1_3_ONLY | SSL_EXT_CLIENT_HELLO
            | SSL_EXT_TLS1_3_ENCRYPTED_EXTENSIONS
        let isInstalled = SSL_CTX_add_custom_ext(
            context, TLSContext.transportParametersExtension, UInt32(places),
            { ssl, _, _, output, byteCount, _, _, _, _ in
                guard let session = TLSCallbacks.session(of: ssl) else { return -1 }
                let parameters = session.transportParameters
                let copy = UnsafeMutableBufferPointer<UInt8>.allocate(
                    capacity: max(1, parameters.count))
                _ = copy.initialize(from: parameters)
                output?.pointee = UnsafePointer(copy.baseAddress)
                byteCount?.pointee = parameters.count
                return 1
            },
            { _, _, _, bytes, _ in bytes?.deallocate() }, nil,
            { ssl, _, _, bytes, byteCount, _, _, _, _ in
                TLSCallbacks.session(of: ssl)?.peerTransportParameters = [UInt8](
                    UnsafeBufferPointer(start: bytes, count: byteCount))
                return 1
            }, nil)
        precondition(isInstalled == 1, "libssl has no memory for an extension")
    }

    private static func takeTickets(in context: OpaquePointer) {
        sudp_SSL_CTX_hand_out_sessions(context) { ssl, ticket in
            guard let ticket, let session = TLSCallbacks.session(of: ssl) else { return 0 }
            session.note(ticket: ticket)
            return 1
        }
    }

    private static func offerApplicationProtocol(in context: OpaquePointer) {
        let name = TLSContext.applicationProtocol
        let list = [UInt8(truncatingIfNeeded: name.count)] + name
        let isRefused = SSL_CTX_set_alpn_protos(context, list, UInt32(list.count))
        precondition(isRefused == 0, "libssl has no memory for an application protocol")
    }

    // libssl treats both extensions as optional. Only the server name callback comes after the
    // custom extensions were read and the version, which decides the alert's number, was chosen.
    private static func demandClientHelloExtensions(in context: OpaquePointer) {
        sudp_SSL_CTX_set_servername_callback(context) { ssl, alert, _ in
            guard TLSCallbacks.session(of: ssl)?.peerTransportParameters == nil else {
                return SSL_TLSEXT_ERR_OK
            }
            alert?.pointee = Int32(TLSAlert.missingExtension)
            return SSL_TLSEXT_ERR_ALERT_FATAL
        }
        SSL_CTX_set_client_hello_cb(
            context,
            { ssl, alert, _ in
                let type = UInt32(TLSEXT_TYPE_application_layer_protocol_negotiation)
                guard SSL_client_hello_get0_ext(ssl, type, nil, nil) != 1 else {
                    return SSL_CLIENT_HELLO_SUCCESS
                }
                alert?.pointee = Int32(TLSAlert.noApplicationProtocol)
                return SSL_CLIENT_HELLO_ERROR
            }, nil)
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, output, outputByteCount, offered, offeredByteCount, _ in
                let offers = UnsafeBufferPointer(start: offered, count: Int(offeredByteCount))
                guard let range = TLSCallbacks.rangeOfApplicationProtocol(in: offers), let offered
                else {
                    return SSL_TLSEXT_ERR_ALERT_FATAL
                }
                output?.pointee = offered + range.lowerBound
                outputByteCount?.pointee = UInt8(truncatingIfNeeded: range.count)
                return SSL_TLSEXT_ERR_OK
            }, nil)
    }

    private static func rangeOfApplicationProtocol(
        in offers: UnsafeBufferPointer<UInt8>
    ) -> Range<Int>? {
        var start = 0
        while start < offers.count {
            let end = start &+ 1 &+ Int(offers[start])
            guard end <= offers.count else { return nil }
            if offers[(start &+ 1)..<end].elementsEqual(TLSContext.applicationProtocol) {
                return (start &+ 1)..<end
            }
            start = end
        }
        return nil
    }
}
