import Foundation

/// A shell script that runs in a directory of its own, with the built program as `$SUDP`.
///
/// `listen ARGUMENTS` starts a listener in the background whose input and output are those of the
/// function; it sets `$pid` and, once the port is open, `$port`. Its messages go to `listen.err`.
struct Shell {
    /// What a script left behind.
    struct Result {
        let status: Int32
        let output: String
        let errors: String
        let directory: ScratchDirectory

        /// The text of a file that the script made, or an empty text.
        func file(_ name: String) -> String {
            (try? String(contentsOf: directory.url.appending(path: name), encoding: .utf8)) ?? ""
        }
    }

    private static let turnstile = Turnstile(limit: 4)
    private static let prelude = """
        set -u
        listen() {
            mkfifo port.fifo
            { "$SUDP" listen "$@" --port-file port.fifo <&3 2> listen.err & pid=$!; } 3<&0
            read -r port < port.fifo
            rm port.fifo
        }
        """

    /// Runs a script; the limit only guards against a program that hangs, and then gives 124.
    static func run(_ script: String, secondsAtMost limit: Int = 60) async throws -> Result {
        await turnstile.enter()
        defer { Task { await turnstile.leave() } }
        let directory = try ScratchDirectory()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["-k", "5", "\(limit)", "/bin/sh", "-c", prelude + "\n" + script]
        process.currentDirectoryURL = directory.url
        process.environment = environment(in: directory)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try directory.create("script.out")
        process.standardError = try directory.create("script.err")
        try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Result(
            status: process.terminationStatus, output: directory.text("script.out"),
            errors: directory.text("script.err"), directory: directory)
    }

    private static func environment(in directory: ScratchDirectory) -> [String: String] {
        [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "SUDP": BuiltProgram.path, "LC_ALL": "C",
            "HOME": directory.url.path, "COLUMNS": "80",
        ]
    }
}
