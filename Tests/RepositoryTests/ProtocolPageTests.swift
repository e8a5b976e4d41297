import Foundation
import Testing

/// `man/sudp-protocol.7` names every number of the code that a second implementation needs.
@Suite struct ProtocolPageTests {
    private let page: String

    init() throws {
        page = try Self.text(of: "man/sudp-protocol.7")
    }

    @Test func `the page lists the frame types of the code and no others`() throws {
        try compare(
            Self.cases(in: "Sources/SUDPProtocol/Frame/FrameType.swift"), with: rows("FRAMES"))
    }

    @Test func `the page lists the transport parameters of the code and no others`() throws {
        try compare(
            Self.cases(in: "Sources/SUDPProtocol/Wire/TransportParameters.swift"),
            with: rows("TRANSPORT PARAMETERS"))
    }

    @Test func `the page lists the error codes of the code and no others`() throws {
        let text = try Self.text(of: "Sources/SUDPProtocol/Connection/TransportErrorCode.swift")
        let codes = text.matches(of: /static let (\w+) = TransportErrorCode\(rawValue: (0x\w+)\)/)
        try compare(
            codes.map { "\($0.2) \(Self.wireName(String($0.1)))" }, with: rows("ERROR CODES"))
    }

    @Test func `the page lists the constants of the code with their values and no others`() throws {
        let text = try Self.text(of: "Sources/SUDPProtocol/Wire/Limits.swift")
        let constants = try text.split(separator: "\n").filter { $0.contains("static let") }
            .map { line in
                let match = try #require(
                    line.firstMatch(of: /static let (\w+)(?:: \w+)? = (.+)/), "\(line)")
                let value = try #require(Self.value(of: String(match.2)), "\(line)")
                return "\(match.1) \(value)"
            }
        try compare(constants, with: pageConstants())
    }

    @Test(arguments: [
        "Security/Handshake.swift", "Security/InitialKeys.swift", "Security/SecureKeys.swift",
    ])
    func `the page names the labels that the protocol derives keys by`(file: String) throws {
        try expectLabels(of: "Sources/SUDPProtocol/" + file)
    }

    @Test(arguments: ["HeaderProtection.swift", "PacketProtection.swift", "RetryIntegrity.swift"])
    func `the page names the labels of packet protection`(file: String) throws {
        try expectLabels(of: "Sources/SUDPCrypto/Protection/" + file)
    }

    @Test func `the page gives the salt of the initial keys`() throws {
        let text = try Self.text(of: "Sources/SUDPProtocol/Security/InitialKeys.swift")
        let salt = text.matches(of: /0x([0-9a-f]{2})\b/).map(\.1).joined()
        #expect(salt.count == 64)
        let position = page.range(of: salt)
        #expect(position != nil)
    }

    private func compare(_ code: [String], with page: [String]) throws {
        try #require(!code.isEmpty && Set(code).count == code.count)
        #expect(Set(code).subtracting(page).sorted() == [], "missing in the page")
        #expect(Set(page).subtracting(code).sorted() == [], "not in the code")
        #expect(Set(page).count == page.count, "twice in the page")
    }

    private func expectLabels(of path: String) throws {
        let labels = try Self.text(of: path)
            .matches(of: /"((?:[cs]|sudp|EXPORTER-sudp) [a-z0-9 ]+)"/).map { String($0.1) }
        let words = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        try #require(!labels.isEmpty)
        #expect(labels.filter { !words.contains("\"\($0)\"") } == [], "missing in the page")
    }

    // MARK: Page

    private func section(_ title: String) throws -> Substring {
        let start = try #require(page.range(of: "\n.Sh \(title)\n"), "no section \(title)")
        let rest = page[start.upperBound...]
        return rest.prefix(upTo: rest.range(of: "\n.Sh ")?.lowerBound ?? rest.endIndex)
    }

    /// The first two columns of a section's table, as `0x1c CLOSE_TRANSPORT`.
    private func rows(_ title: String) throws -> [String] {
        try section(title).matches(of: /(?m)^\.It (0x[0-9a-f]+) Ta (\w+)/).map {
            "\($0.1) \($0.2.uppercased())"
        }
    }

    /// The constants as `initialRTT 333 ms`, without the source in parentheses.
    private func pageConstants() throws -> [String] {
        let lines = try section("CONSTANTS").split(separator: "\n").drop { !$0.hasPrefix(".Bl") }
        return lines.map { $0.hasPrefix(".") ? "," : $0.replacing(/\.$/, with: "") }
            .joined(separator: " ").split(separator: ",")
            .map { $0.replacing(/\(.*/, with: "").trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    // MARK: Code

    private static func text(of path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func cases(in path: String) throws -> [String] {
        try text(of: path).matches(of: /case (\w+) = (0x[0-9a-f]+)/).map {
            "\($0.2) \(wireName(String($0.1)))"
        }
    }

    /// `closeTLS` is CLOSE_TLS, `connectionIDLimitError` is CONNECTION_ID_LIMIT_ERROR.
    private static func wireName(_ name: String) -> String {
        name.replacing(/([a-z])([A-Z])/) { "\($0.1)_\($0.2)" }
            .replacing(/([A-Z])([A-Z][a-z])/) { "\($0.1)_\($0.2)" }.uppercased()
    }

    /// A constant's value as the page writes it: decimal, `0x` as it is, or with a unit of time.
    private static func value(of expression: String) -> String? {
        let text = expression.replacing("_", with: "")
        if let time = text.wholeMatch(of: /TimeSpan\.(|milli|micro)seconds\((\d+)\)/) {
            return "\(time.2) \(["": "s", "milli": "ms"][time.1] ?? "us")"
        }
        if text.hasPrefix("0x") { return text }
        if let whole = text.wholeMatch(of: /(\d+)\.0/) { return String(whole.1) }
        return difference(text).map(String.init)
    }

    // The operators in Swift's order of precedence: shifts before products before differences.
    private static func difference(_ text: String) -> UInt64? {
        combine(text, " - ", product) { $0 >= $1 ? $0 - $1 : 0 }
    }

    private static func product(_ text: String) -> UInt64? {
        combine(text, " * ", shift, &*)
    }

    private static func shift(_ text: String) -> UInt64? {
        combine(text, " << ", { UInt64($0) }, <<)
    }

    private static func combine(
        _ text: String, _ separator: String, _ operand: (String) -> UInt64?,
        _ operation: (UInt64, UInt64) -> UInt64
    ) -> UInt64? {
        let operands = text.components(separatedBy: separator).map(operand)
        guard let first = operands[0] else { return nil }
        return operands.dropFirst().reduce(first) { result, next in
            guard let result, let next else { return nil }
            return operation(result, next)
        }
    }
}
