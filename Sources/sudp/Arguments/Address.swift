import ArgumentParser
import SUDPTransport

/// What an ADDR on the command line names: a port, perhaps a host, perhaps the server's key.
struct Address: Equatable {
    static let help = ArgumentHelp(
        "PORT, HOST:PORT, [V6]:PORT, HOST PORT, or sudp://HOST:PORT/#pin=sha256:HEX.",
        valueName: "addr")

    var host: String?
    var port: UInt16
    var pin: PublicKeyPin?

    /// Reads the one or two words of an address; throws a usage error.
    init(words: [String]) throws {
        switch words.count {
        case 1: try self.init(words[0])
        case 2: try self.init(host: words[0], port: words[1])
        default: throw ValidationError("An address is one word or HOST PORT, not \(words.count).")
        }
    }

    /// Reads the words of an address whose port, or all of it, may be left out.
    init(words: [String], defaultPort: UInt16) throws {
        guard let first = words.first else {
            self.init(port: defaultPort)
            return
        }
        let isHost =
            words.count == 1 && !first.hasPrefix("sudp://")
            && (first.hasSuffix("]") || !first.contains(":"))
            && !first.allSatisfy { $0.isNumber }
        if isHost {
            self.init(port: defaultPort)
            host = try Self.host(first)
        } else {
            try self.init(words: words)
        }
    }

    /// Reads the one word of an address that must name its host, because what stands before it may
    /// be anything.
    init(wordWithHost word: String) throws {
        guard word.contains(":") else {
            throw ValidationError("'\(word)' is no receiver: write HOST:PORT.")
        }
        try self.init(word)
    }

    private init(_ word: String) throws {
        if word.hasPrefix("sudp://") {
            self = try Self.parse(uri: word)
        } else if let separator = word.lastIndex(of: ":") {
            let host = word[..<separator]
            if host.contains(":"), !host.hasPrefix("[") {
                throw ValidationError("'\(word)' is ambiguous: write [V6]:PORT.")
            }
            try self.init(host: String(host), port: String(word[word.index(after: separator)...]))
        } else {
            self.init(port: try Self.port(word))
        }
    }

    private init(port: UInt16) {
        self.port = port
    }

    private init(host: String, port: String) throws {
        self.host = try Self.host(host)
        self.port = try Self.port(port)
    }

    private static func parse(uri: String) throws -> Address {
        let parts = uri.dropFirst("sudp://".count).split(
            separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var authority = parts[0]
        if authority.hasSuffix("/") { authority = authority.dropLast() }
        guard authority.contains(":") else {
            throw ValidationError("'\(uri)' names no port: write sudp://HOST:PORT/#pin=sha256:HEX.")
        }
        var address = try Address(String(authority))
        guard parts.count == 2 else { return address }
        guard parts[1].hasPrefix("pin="),
            let pin = PublicKeyPin(String(parts[1].dropFirst("pin=".count)))
        else {
            throw ValidationError("'\(uri)' has no pin of the form #pin=sha256: and 64 digits.")
        }
        address.pin = pin
        return address
    }

    /// The address of a server as a URI that also says which key it has.
    static func pinURI(host: String, port: UInt16, pin: String) -> String {
        "sudp://\(host.contains(":") ? "[\(host)]" : host):\(port)/#pin=\(pin)"
    }

    private static func port(_ text: String) throws -> UInt16 {
        guard let port = PortNumber.parse(text) else {
            throw ValidationError("'\(text)' is no port: write a number from 0 to 65535.")
        }
        return port
    }

    private static func host(_ text: String) throws -> String {
        var host = text
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        let isPlausible =
            (1...255).contains(host.utf8.count)
            && host.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value > 0x20 }
            && !host.contains { "[]/#@\u{7f}".contains($0) }
        guard isPlausible else {
            throw ValidationError("'\(text)' is no host name or IP address.")
        }
        return host
    }
}
