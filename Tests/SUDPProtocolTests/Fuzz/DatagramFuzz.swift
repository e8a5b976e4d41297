import SUDPSimulator

@testable import SUDPProtocol

/// Datagrams for both ends: raw, damaged, and with any payload correctly sealed, at any moment.
struct DatagramFuzz {
    private let world: FuzzWorld

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        do {
            let fuzz = try DatagramFuzz(opening: input.byte())
            while !input.isAtEnd, fuzz.world.violation == nil { fuzz.step(&input) }
            return fuzz.world.violation
        } catch {
            return "no connection: \(error)"
        }
    }

    /// Begins before, amid or after the opening, in either mode.
    private init(opening: UInt8) throws {
        world = try FuzzWorld(opening & 0x0c == 0x0c ? .secure : .plaintext)
        switch opening & 3 {
        case 0: break
        case 1:
            for bytes in world.takeFromClient() { world.deliverToServer(bytes) }
        default:
            world.exchange(rounds: 20)
        }
    }

    private func step(_ input: inout FuzzInput) {
        switch input.byte() % 16 {
        case 0: raw(&input) { world.deliverToServer($0, size: $1, from: $2) }
        case 1: raw(&input) { world.deliverToClient($0, size: $1, from: $2) }
        case 2, 3, 4:
            let bytes = sealed(by: world.client, &input)
            world.deliverToServer(bytes, from: address(input.byte()))
        case 5, 6, 7:
            guard let server = world.servers.first else { return }
            world.deliverToClient(sealed(by: server, &input))
        case 8:
            let bytes = sealedInitial(by: world.client, &input)
            world.deliverToServer(bytes, from: address(input.byte()))
        case 9:
            guard let server = world.servers.first else { return }
            world.deliverToClient(sealedInitial(by: server, &input))
        case 10:
            for bytes in world.takeFromClient() { world.deliverToServer(damaged(bytes, &input)) }
        case 11:
            for bytes in world.takeFromServer() { world.deliverToClient(damaged(bytes, &input)) }
        case 12:
            world.wait(.milliseconds(UInt64(input.byte()) * 20))
            world.runClientTimers()
        case 13: act(&input, on: world.client)
        case 14:
            guard let server = world.servers.first else { return }
            act(&input, on: server)
        default: world.exchange(rounds: 2)
        }
    }

    private func address(_ choice: UInt8) -> NetworkAddress {
        guard choice >= 0xf0 else { return CorePair.clientAddress }
        return NetworkAddress(ipv4: 0x0c00_0000 + UInt32(choice), port: 9000)
    }

    private func raw(
        _ input: inout FuzzInput, deliver: ([UInt8], Int?, NetworkAddress) -> Void
    ) {
        let source = address(input.byte())
        let size = Int(input.byte()) * 8
        var bytes = input.string()
        // Only whole datagrams open connections.
        if input.byte() & 1 == 1, bytes.count < Limits.minimumDatagramSize {
            bytes += [UInt8](repeating: 0, count: Limits.minimumDatagramSize - bytes.count)
        }
        deliver(bytes, size == 0 ? nil : size, source)
    }

    private func sealed(by peer: CorePeer, _ input: inout FuzzInput) -> [UInt8] {
        let choice = input.byte()
        let number = choice & 3 == 3 ? input.number() >> 2 : nil
        if choice & 0x84 == 0x84 { peer.core.protection.session?.keys?.advanceSealing() }
        let payload = input.string()
        guard peer.core.protection.session != nil else { return [] }
        return peer.sealed(number: number, capacity: 32 + payload.count) { $0.write(payload) }
    }

    private func sealedInitial(by peer: CorePeer, _ input: inout FuzzInput) -> [UInt8] {
        let number = input.byte() & 1 == 1 ? input.number() >> 2 : UInt64(input.byte())
        let payload = input.bytes(min(Int(input.short()), 1100))
        let destination =
            input.byte() & 1 == 1 ? world.servers.first?.core.ids.local : nil
        return peer.sealedInitial(
            number: number, destination: peer === world.client ? destination : nil
        ) { $0.write(payload) }
    }

    private func damaged(_ bytes: [UInt8], _ input: inout FuzzInput) -> [UInt8] {
        var bytes = bytes
        let index = Int(input.short())
        if index < bytes.count { bytes[index] ^= input.byte() }
        return bytes
    }

    private func act(_ input: inout FuzzInput, on peer: CorePeer) {
        world.act(peer) { core, now in
            switch input.byte() % 8 {
            case 0, 1:
                let count = Int(input.short())
                core.write(ByteBlock([UInt8](repeating: 1, count: count)), now: now)
            case 2: core.finish(now: now)
            case 3:
                while case .bytes = core.read(now: now) {}
            case 4: core.confirmConsumed(now: now)
            case 5: core.stopReading(code: input.number() >> 2, now: now)
            case 6: core.reset(code: input.number() >> 2, now: now)
            default: core.close(code: input.number(), reason: "fuzz", now: now)
            }
        }
    }
}
