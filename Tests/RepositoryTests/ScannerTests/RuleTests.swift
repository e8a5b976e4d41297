import Testing

@Suite struct RuleTests {
    private func file(_ text: String, path: String = "Sources/SUDPProtocol/A.swift") -> SourceFile {
        SourceFile(path: path, text: text)
    }

    private func lines(_ findings: [Finding]) -> [Int] { findings.map(\.line) }

    @Test func `a finding names file, line and rule`() {
        let finding = file("let a = b!").finding("is bad", line: 7)

        #expect("\(finding)" == "Sources/SUDPProtocol/A.swift:7: is bad")
    }

    @Test func `a file of 400 lines passes and one of 401 fails`() {
        let full = String(repeating: "let a = 1\n", count: 400)

        #expect(SizeRules.findings(in: file(full)) == [])
        #expect(lines(SizeRules.findings(in: file(full + "let b = 1\n"))) == [401])
    }

    @Test func `a line of 100 columns passes and one of 101 fails`() {
        let full = String(repeating: "é", count: 100)

        #expect(SizeRules.findings(in: file(full)) == [])
        #expect(lines(SizeRules.findings(in: file("\n" + full + "é"))) == [2])
    }

    @Test(arguments: [("func f() {", "}"), ("struct A { init() {", "}}"), ("var v: Int {", "}")])
    func `a function of 60 lines passes and one of 61 fails`(_ opening: String, _ closing: String) {
        let full = opening + String(repeating: "\n", count: 59)

        #expect(SizeRules.findings(in: file(full + closing)) == [])
        #expect(lines(SizeRules.findings(in: file(full + "\n" + closing))) == [1])
    }

    @Test func `a type of 15 stored properties passes and one of 16 fails`() {
        let properties = String(repeating: "let a: Int\n", count: 15)

        #expect(SizeRules.findings(in: file("struct A {\n\(properties)}")) == [])
        #expect(lines(SizeRules.findings(in: file("struct A {\n\(properties)var b = 1 }"))) == [1])
        #expect(
            SizeRules.findings(in: file("struct AStatistics {\n\(properties)let b = 1 }")) == [])
    }

    @Test func `a document over its limit fails`() {
        let text = String(repeating: "\n", count: 26)

        #expect(lines(SizeRules.documentLength(of: file(text, path: "certs/README.md"))) == [26])
        #expect(SizeRules.documentLength(of: file(text, path: "Tests/README.md")) == [])
    }

    @Test(arguments: [
        ("Sources/SUDPProtocol/Stream/A.swift", "import SUDPCrypto"),
        ("Sources/SUDPProtocol/Wire/A.swift", "import Glibc"),
        ("Sources/SUDPTransport/API/A.swift", "internal import Glibc"),
        ("Sources/SUDPTransport/Driver/A.swift", "import struct SUDPCrypto.Key"),
        ("Sources/SUDPCrypto/A.swift", "@preconcurrency public import Foundation"),
        ("Sources/sudp/Commands/A.swift", "import SUDPProtocol"),
        ("Sources/sudp/Terminal/A.swift", "import CReadline"),
        ("Sources/New/A.swift", "import Logging"),
        ("Sources/SUDPTransport/API/A.swift", "@_exported import SUDPProtocol"),
    ])
    func `an import against the arrows fails`(_ path: String, _ text: String) {
        #expect(lines(ImportRule.findings(in: file("// a\n" + text, path: path))) == [2])
    }

    @Test(arguments: [
        ("Sources/SUDPProtocol/Packet/A.swift", "import SUDPCrypto"),
        ("Sources/SUDPProtocol/Stream/A.swift", "import DequeModule\n// import Glibc"),
        ("Sources/SUDPTransport/UDP/A.swift", "import CLinuxUDP\nimport Glibc"),
        ("Sources/sudp/Terminal/LineEditor.swift", "import CReadline"),
        ("Sources/SUDPTransport/API/Vocabulary.swift", "@_exported import struct SUDPProtocol.A"),
    ])
    func `an import along the arrows passes`(_ path: String, _ text: String) {
        #expect(ImportRule.findings(in: file(text, path: path)) == [])
    }

    @Test(arguments: [
        "a!", "a!.b", "f()!", "a[0]!.c", "try! f()", "b as! C", "\"a\"!", "\"\\(a!)\"",
        "var a: Int!",
    ])
    func `a construct that traps fails`(_ text: String) {
        #expect(lines(WordRules.traps(in: file("\n" + text))) == [2])
    }

    @Test(arguments: ["a != b", "!a", "(!a)", "a && !b", "a!=b", "\"a!\"", "// a!", "try? f()"])
    func `a construct that cannot trap passes`(_ text: String) {
        #expect(WordRules.traps(in: file(text)) == [])
    }

    @Test(arguments: [
        "let a = ContinuousClock.now", "clock_gettime(a, b)", "Int.random(in: 0..<1)",
        "var a = SystemRandomNumberGenerator()", "func f() async {}", "Task {}",
        "func f(_ a: @escaping () -> Void) {}", "print(a)", "final class A {}", "actor A {}",
        "let a: UnsafeRawPointer", "withUnsafeMutablePointer(to: &a) {}",
        "\"\\(unsafeBitCast(a, to: B.self))\"", "a.baseAddress", "a.load(as: B.self)",
    ])
    func `an effect in the core fails`(_ text: String) {
        #expect(lines(WordRules.effects(in: file(text))) == [1])
        #expect(WordRules.effects(in: file(text, path: "Sources/SUDPTransport/A.swift")) == [])
    }

    @Test(arguments: [
        "random.fill(a)", "// async", "let a = \"Task\"", "final class ByteBlock {}",
        "let asynchronous = 1", "let printable = fingerprint(a)", "let a: UnsafeRawBufferPointer",
        "download(a)",
    ])
    func `a harmless word in the core passes`(_ text: String) {
        #expect(WordRules.effects(in: file(text)) == [])
    }

    @Test func `unsafe code passes in the byte reader`() {
        let reader = file("let a: UnsafeRawPointer", path: "Sources/SUDPProtocol/Wire/A.swift")

        #expect(WordRules.effects(in: reader) == [])
    }

    @Test(arguments: ["// TO" + "DO: later", "# FIX" + "ME", "(XX" + "X)"])
    func `work left for later fails`(_ text: String) {
        #expect(lines(WordRules.leftovers(in: file(text, path: "Makefile"))) == [1])
    }

    @Test func `a committed private key fails`() {
        let text = "\n-----BEGIN " + "EC PRIVATE KEY-----\n"

        #expect(lines(WordRules.privateKeys(in: file(text, path: "certs/a.pem"))) == [2])
        #expect(WordRules.privateKeys(in: file("let a = \"-----BEGIN PRIVATE KEY-----\"")) == [])
    }

    @Test(arguments: [
        "notes.txt", "Sources/sudp/FileManager.swift", "Sources/sudp/TestHelper.swift",
        "Tests/A/Utilities.swift", "Tests/CommonCases.swift", "certs/ca-key.pem",
        "Tests/.build/a.o", ".build-test/a.o",
    ])
    func `a path out of place fails`(_ path: String) {
        #expect(LayoutRules.findings(forPath: path) != [])
    }

    @Test(arguments: ["Sources/sudp/Commands/Connect.swift", "README.md", ".ci/run", "man/sudp.1"])
    func `a path in its place passes`(_ path: String) {
        #expect(LayoutRules.findings(forPath: path) == [])
    }

    @Test func `a folder missing on the map fails`() {
        let paths = ["Sources/A/B/c.swift", "Sources/D/include/d.h", "Tests/E/e.swift"]
        let map = file("`A` holds `B/c.swift` but not B", path: "Sources/README.md")

        let findings = LayoutRules.unnamedFolders(paths: paths, map: map)

        #expect(
            findings.map(\.rule) == ["does not name the folder B", "does not name the folder D"])
    }

    @Test func `a path that is gone fails`() {
        let text = "`A/` `A/b.swift` `a b/c` `.x/y`\n`B/` `A/c.swift` `A/b`"
        let document = file(text, path: "Sources/README.md")

        let findings = LayoutRules.missingPaths(in: document, paths: ["Sources/A/b.swift"])

        #expect(
            findings.map(\.rule) == [
                "names B/, which is not there", "names A/c.swift, which is not there",
                "names A/b, which is not there",
            ])
        #expect(lines(findings) == [2, 2, 2])
    }
}
