import Glibc
import SUDPProtocol

/// Two ends of a connection in one thread, without sockets: `core-path stream MIB` moves so many
/// bytes, `core-path handshakes COUNT [CERTIFICATE KEY]` only opens connections; both tell what
/// each end used.
@main struct CorePath {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count >= 2, let count = Int(words[1]), count > 0 else { return usage() }
        let buffers = (client: EndBuffers(), server: EndBuffers())
        switch (words[0], words.count) {
        case ("stream", 2):
            let link = try CoreLink(number: 0, security: .ordinary, buffers: buffers)
            link.establish()
            let before = (sending: link.sender.spent, receiving: link.receiver.spent)
            link.stream(byteCount: count << 20)
            print("sending end \((link.sender.spent - before.sending) / count) ns/MiB")
            print("receiving end \((link.receiver.spent - before.receiving) / count) ns/MiB")
        case ("handshakes", 2), ("handshakes", 4):
            let security =
                words.count == 2
                ? .ordinary : try EndSecurity(certificateFile: words[2], keyFile: words[3])
            var spent = (sending: 0, receiving: 0)
            for number in 0..<count {
                let link = try CoreLink(number: number, security: security, buffers: buffers)
                link.establish()
                spent.sending += link.sender.spent
                spent.receiving += link.receiver.spent
            }
            print("client \(spent.sending / count) ns/handshake")
            print("server \(spent.receiving / count) ns/handshake")
        default:
            usage()
        }
    }

    private static func usage() {
        print("usage: core-path stream MIB | handshakes COUNT [CERTIFICATE KEY]")
        exit(64)
    }
}

/// A client that sends, a server that receives, and the time that they share.
final class CoreLink {
    let sender: SendingEnd
    let receiver: ReceivingEnd
    private var now = Instant(nanoseconds: 1_000_000_000)

    init(
        number: Int, security: EndSecurity, buffers: (client: EndBuffers, server: EndBuffers)
    ) throws {
        sender = try SendingEnd(
            seed: UInt8(truncatingIfNeeded: number), security: security.client,
            buffers: buffers.client, now: now)
        guard let syn = sender.send(now: now),
            let end = ReceivingEnd(
                accepting: syn, security: security.server, buffers: buffers.server, now: now)
        else { preconditionFailure("the server did not accept") }
        receiver = end
    }

    func establish() {
        while exchange() {}
        now = now + .milliseconds(30)
        sender.core.handleTimeout(now: now)
        receiver.core.handleTimeout(now: now)
        while exchange() {}
    }

    func stream(byteCount: Int) {
        sender.left = byteCount
        while receiver.received < byteCount {
            now = now + .microseconds(20)
            if !exchange() {
                now = max(now, sender.core.nextTimeout ?? now)
                sender.core.handleTimeout(now: now)
            }
        }
    }

    private func exchange() -> Bool {
        var isBusy = false
        while let sent = sender.send(now: now) {
            isBusy = true
            receiver.take(sent, now: now)
        }
        while let sent = receiver.send(now: now) {
            isBusy = true
            sender.take(sent, now: now)
        }
        return isBusy
    }
}
