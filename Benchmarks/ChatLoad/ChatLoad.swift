import Foundation
import SUDPServices
import SUDPTransport
import Synchronization

/// Many clients of a chat in one process: says so many messages per second in all and checks that
/// every client hears each once and in the same order.
///
/// Usage: chat-load PORT CLIENTS RATE SECONDS [BYTES]
@main struct ChatLoad {
    let port: UInt16
    let clientCount: Int
    let rate: Int
    let seconds: Int
    let byteCount: Int

    static func main() async throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard numbers.count >= 4, let port = UInt16(exactly: numbers[0]) else {
            print("usage: chat-load PORT CLIENTS RATE SECONDS [BYTES]")
            exit(64)
        }
        let load = ChatLoad(
            port: port, clientCount: numbers[1], rate: numbers[2], seconds: numbers[3],
            byteCount: numbers.count > 4 ? numbers[4] : 40)
        exit(try await load.run() ? 0 : 1)
    }

    private func run() async throws -> Bool {
        var configuration = Configuration()
        configuration.trust = .insecure
        configuration.maximumReceiveWindow = ChatConstants.receiveWindowByteCount
        let listeners = (0..<clientCount).map { _ in LoadListener() }
        var tasks: [Task<Void, any Error>] = []
        for (number, listener) in listeners.enumerated() {
            var settings = ChatClient.Configuration(nick: "load\(number)", rooms: ["#load"])
            settings.endsWithInput = false
            settings.bell = .off
            let (port, configuration) = (port, configuration)
            let client = ChatClient(settings, front: listener) {
                try await Connection.connect(
                    host: "127.0.0.1", port: port, configuration: configuration)
            }
            tasks.append(Task { try await client.run() })
            // Logins are limited by the handshakes that two cores can do.
            if number % 10 == 9 { try await Task.sleep(for: .milliseconds(100)) }
        }
        guard try await wait(seconds: 120, until: { listeners.allSatisfy(\.isIn) }) else {
            print("not everybody came in: \(listeners.count(where: \.isIn)) of \(clientCount)")
            return false
        }
        let total = rate * seconds
        let filler = String(repeating: "x", count: byteCount)
        let start = ContinuousClock.now
        for number in 0..<total {
            try await Task.sleep(until: start + .seconds(1) * number / rate)
            let sent = DispatchTime.now().uptimeNanoseconds
            listeners[number % clientCount].say("load \(number) \(sent) \(filler)")
        }
        _ = try await wait(seconds: 30) { listeners.allSatisfy { $0.count >= total } }
        let isGood = report(listeners, total)
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }
        return isGood
    }

    private func wait(seconds: Int, until isMet: () -> Bool) async throws -> Bool {
        for _ in 0..<seconds * 20 {
            if isMet() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return isMet()
    }

    private func report(_ listeners: [LoadListener], _ total: Int) -> Bool {
        let orders = listeners.map(\.order)
        let isWhole = orders.allSatisfy { Set($0).count == total && $0.count == total }
        let isSame = orders.allSatisfy { $0 == orders.first }
        let latencies = listeners.flatMap(\.latencies).sorted()
        func percentile(_ part: Double) -> Double {
            guard !latencies.isEmpty else { return .nan }
            return Double(latencies[Int(Double(latencies.count - 1) * part)]) / 1e6
        }
        print(
            "clients=\(clientCount) messages=\(total) deliveries=\(latencies.count)"
                + " each-once=\(isWhole) same-order=\(isSame)"
                + String(
                    format: " p50=%.2fms p99=%.2fms max=%.2fms", percentile(0.5),
                    percentile(0.99), percentile(1)))
        return isWhole && isSame
    }
}

/// One client: remembers what it heard, and when.
private final class LoadListener: ChatFront {
    private struct State {
        var isIn = false
        var order: [Int] = []
        var latencies: [UInt64] = []
        var feed: ChatFeed?
    }

    private let state = Mutex(State())

    var isIn: Bool { state.withLock { $0.isIn } }
    var count: Int { state.withLock { $0.order.count } }
    var order: [Int] { state.withLock { $0.order } }
    var latencies: [UInt64] { state.withLock { $0.latencies } }

    func start(_ feed: ChatFeed) { state.withLock { $0.feed = feed } }

    func say(_ text: String) { state.withLock { $0.feed }?.put(.say(room: nil, text: text)) }

    func anotherName(because reason: String) async -> String? { nil }

    func show(_ outputs: [ChatOutput]) {
        let now = DispatchTime.now().uptimeNanoseconds
        state.withLock { state in
            for case .event(let event, _) in outputs {
                if event.kind == .room { state.isIn = true }
                guard event.kind == .message, !event.flags.contains(.replay) else { continue }
                let words = event.text.split(separator: " ")
                guard words.count > 2, words[0] == "load", let number = Int(words[1]),
                    let sent = UInt64(words[2])
                else { continue }
                state.order.append(number)
                state.latencies.append(now - sent)
            }
        }
    }
}
