internal import COpenSSL

/// A growing byte queue that libcrypto reads from or writes to; it owns its BIO.
final class MemoryBIO {
    let handle: OpaquePointer

    init() {
        LibCrypto.initialise()
        guard let handle = BIO_new(BIO_s_mem()) else {
            preconditionFailure("libcrypto has no memory for a BIO")
        }
        self.handle = handle
    }

    convenience init(_ text: String) {
        self.init()
        write([UInt8](text.utf8))
    }

    deinit {
        BIO_free(handle)
    }

    var isEmpty: Bool { BIO_ctrl_pending(handle) == 0 }

    func write(_ bytes: [UInt8]) {
        var written = 0
        let isWritten = bytes.isEmpty || BIO_write_ex(handle, bytes, bytes.count, &written) == 1
        precondition(isWritten && written == bytes.count, "libcrypto has no memory for a BIO")
    }

    func readAll() -> [UInt8] {
        let pending = BIO_ctrl_pending(handle)
        guard pending > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: pending) { buffer, initializedCount in
            var count = 0
            _ = BIO_read_ex(handle, buffer.baseAddress, pending, &count)
            initializedCount = count
        }
    }

    func readText() -> String {
        String(decoding: readAll(), as: UTF8.self)
    }
}
