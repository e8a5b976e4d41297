import Foundation

/// The files git tracks or would track, read once.
struct Repository {
    struct Unreadable: Error {
        let reason: String
    }

    /// Every path from the top level, also of files that are no text.
    let paths: [String]
    let files: [SourceFile]
    private let root: URL

    init() throws {
        root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let root = root
        paths = try Self.list(root).filter {
            FileManager.default.fileExists(atPath: root.appending(path: $0).path)
        }
        files = paths.compactMap { path in
            guard let data = try? Data(contentsOf: root.appending(path: path)), !data.contains(0),
                let text = String(data: data, encoding: .utf8)
            else { return nil }
            return SourceFile(path: path, text: text)
        }
    }

    var swiftSources: [SourceFile] {
        files.filter { $0.path.hasPrefix("Sources/") && $0.path.hasSuffix(".swift") }
    }

    var code: [SourceFile] {
        files.filter { file in [".swift", ".h", ".c"].contains { file.path.hasSuffix($0) } }
    }

    private static func list(_ root: URL) throws -> [String] {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = [
            "git", "-c", "safe.directory=*", "-C", root.path, "ls-files", "-z", "--cached",
            "--others", "--exclude-standard",
        ]
        let output = Pipe()
        git.standardOutput = output
        try git.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        git.waitUntilExit()
        guard git.terminationStatus == 0 else {
            throw Unreadable(reason: "git ls-files failed in \(root.path); the rules need a clone")
        }
        let paths = String(decoding: data, as: UTF8.self).split(separator: "\0").map(String.init)
        return Set(paths).sorted()
    }
}
