import Glibc

/// A pipe of the system: what is written to one end is read from the other.
struct DescriptorPair {
    let readEnd: Int32
    let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "the system has no more pipes")
        (readEnd, writeEnd) = (ends[0], ends[1])
        signal(SIGPIPE, SIG_IGN)
    }

    func write(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(writeEnd, $0.baseAddress, $0.count) }
    }

    func closeWriteEnd() { close(writeEnd) }

    func closeReadEnd() { close(readEnd) }

    /// Everything up to the end; `onRead` hears of each part when it has been read.
    func readAll(onRead: (Int) -> Void = { _ in }) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(readEnd, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
            onRead(count)
        }
    }
}
