import Foundation
import Testing

@Suite struct DocumentationTests {
    private struct Help: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }
        struct Argument: Decodable {
            let names: [Name]?
        }
        struct Command: Decodable {
            let commandName: String
            let arguments: [Argument]?
            let subcommands: [Command]?
        }
        let command: Command
    }

    /// The options of a command as mdoc writes them, without those that every command has.
    private func options(of path: [String]) throws -> Set<String> {
        let data = try BuiltProgram.output(of: ["--experimental-dump-help"])
        var command = try JSONDecoder().decode(Help.self, from: data).command
        for name in path {
            command = try #require(command.subcommands?.first { $0.commandName == name })
        }
        let names = (command.arguments ?? []).flatMap { $0.names ?? [] }
        return Set(names.map { $0.kind == "short" ? $0.name : "-\($0.name)" })
            .subtracting(path.isEmpty ? [] : ["h", "-help", "-version"])
    }

    /// The options that a page explains: the arguments of `Fl` in its tags.
    private func explained(in page: String) throws -> Set<String> {
        let tags = try Repository.text(page).split(separator: "\n").filter {
            $0.hasPrefix(".It Fl ")
        }
        return Set(
            tags.flatMap { tag in
                var isOption = false
                return tag.split(separator: " ").map(String.init).filter { word in
                    if ["It", "Fl", "Ar", "Cm", "Ns", ".It"].contains(word) {
                        isOption = word == "Fl"
                        return false
                    }
                    return isOption && word != ","
                }
            })
    }

    @Test(arguments: [
        ("man/sudp-listen.1", ["listen"]), ("man/sudp-connect.1", ["connect"]),
        ("man/sudp-chat.1", ["chat"]), ("man/sudp-certs.1", ["certs", "gen"]),
        ("man/sudp-send.1", ["send"]), ("man/sudp-recv.1", ["recv"]),
        ("man/sudp-bench.1", ["bench"]),
    ])
    func `a manual page explains exactly the options of its command`(
        page: String, path: [String]
    ) async throws {
        #expect(try explained(in: page) == options(of: path))
    }

    @Test func `the manual page of the program names its commands and their pages`() async throws {
        let page = try Repository.text("man/sudp.1")
        for command in ["listen", "connect", "chat", "send", "recv", "bench", "certs"] {
            #expect(page.contains(".It Cm \(command)"))
            #expect(page.contains(".Xr sudp-\(command) 1"))
        }
        for option in try options(of: []) { #expect(page.contains("Fl \(option)")) }
    }

    @Test func `the manual page explains exactly the exit codes that there are`() async throws {
        let source = try Repository.text("Sources/sudp/Process/ExitStatus.swift")
        let codes = source.matches(of: /case \w+ = (\d+)/).map { String($0.1) }
        let page = try Repository.text("man/sudp.1")
        let section = try #require(
            page.components(separatedBy: ".Sh EXIT STATUS").last?.components(separatedBy: ".El")
                .first)
        #expect(codes.count == 12)
        #expect(section.matches(of: /\.It (\d+)\n/).map { String($0.1) } == codes)
    }

    @Test func `the manual page explains exactly the keys of the summary`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -q < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure -v < /dev/null
            """)
        let line = try #require(
            result.errors.split(separator: "\n").first { $0.hasPrefix("sudp: summary: ") })
        let keys = line.split(separator: " ").compactMap { word in
            word.contains("=") ? word.split(separator: "=").first.map(String.init) : nil
        }
        let page = try Repository.text("man/sudp.1")
        let section = try #require(
            page.components(separatedBy: ".Sh SUMMARY").last?.components(separatedBy: ".El").first)
        let explained = section.split(separator: "\n").filter { $0.hasPrefix(".It Cm ") }.flatMap {
            $0.dropFirst(".It Cm ".count).components(separatedBy: " , ")
        }
        #expect(explained == keys)
    }

    @Test func `the manual page explains exactly the metrics of a measurement`() throws {
        let source = try Repository.text(
            "Sources/SUDPServices/BenchReport/BenchPrometheus+Families.swift")
        let names = source.matches(of: /(?:gauge|summary)\(\s*"(\w+)"/).map { String($0.1) }
        let page = try Repository.text("man/sudp-bench.1")
        let section = try #require(
            page.components(separatedBy: "\n.Sh PROMETHEUS").last?.components(separatedBy: ".El")
                .first)
        let explained = section.split(separator: "\n").filter { $0.hasPrefix(".It Cm ") }.flatMap {
            $0.dropFirst(".It Cm ".count).components(separatedBy: " , ")
        }
        #expect(!names.isEmpty && explained.sorted() == names.sorted())
    }

    @Test(arguments: [
        ("bash", "completions/sudp.bash"), ("zsh", "completions/_sudp"),
        ("fish", "completions/sudp.fish"),
    ])
    func `the completions are those of the program`(shell: String, file: String) async throws {
        let output = try BuiltProgram.output(of: ["--generate-completion-script", shell])
        #expect(String(decoding: output, as: UTF8.self) == (try Repository.text(file)))
    }
}
