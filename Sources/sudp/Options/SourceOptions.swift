public import ArgumentParser
import Glibc
public import SUDPServices

/// What of the sources is sent, and how.
struct SourceOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The name that the only source is to have.", valueName: "name"))
    var name: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Send this text instead of files; the receiver shows it.", valueName: "text"))
    var text: String?

    @Option(
        name: .customLong("exclude"),
        help: ArgumentHelp(
            "Leave out what matches in directories; a name or a path, may be repeated.",
            valueName: "glob"))
    var exclusions: [String] = []

    @Option(
        name: .customLong("exclude-from"),
        help: ArgumentHelp(
            "Leave out what matches a line of this file; may be repeated.", valueName: "file"),
        completion: .file())
    var exclusionFiles: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Links in directories: skip, copy those that stay inside, or follow; copy by default.",
            valueName: "policy"))
    var links: LinkPolicy = .copy

    @Flag(
        name: [.customShort("n"), .customLong("dry-run")],
        help: "Only ask the receiver what it would do.")
    var isDryRun = false

    @Option(
        name: .customLong("limit-rate"),
        help: ArgumentHelp(
            "Send so many bytes per second at most: 500K, 1.5M, 1GiB.", valueName: "rate"))
    var rateLimit: ByteRate?

    @Option(
        name: .customLong("checksum-file"),
        help: ArgumentHelp(
            "List the SHA-256 of what was sent in this file, for sha256sum -c.",
            valueName: "file"),
        completion: .file())
    var checksumFile: String?

    func validate(sourceCount: Int) throws {
        if let text { return try validate(text, sourceCount: sourceCount) }
        if isDryRun && checksumFile != nil {
            throw ValidationError("A dry run sends nothing: leave out --checksum-file.")
        }
        if name != nil && sourceCount > 1 { throw ValidationError("--name needs an only source.") }
        if let name, !SendPlan.isName(name) {
            throw ValidationError("--name '\(name)' is no name of a file: write one without /.")
        }
        if sourceCount == 0 && isatty(STDIN_FILENO) == 0 {
            throw ValidationError("No file is named: send FILE… ADDR, - for standard input.")
        }
    }

    private func validate(_ text: String, sourceCount: Int) throws {
        let others = [
            ("a file", sourceCount > 0), ("--name", name != nil),
            ("--exclude", !exclusions.isEmpty), ("--exclude-from", !exclusionFiles.isEmpty),
            ("--dry-run", isDryRun), ("--checksum-file", checksumFile != nil),
        ]
        if let other = others.first(where: \.1)?.0 {
            throw ValidationError("--text and \(other) exclude each other.")
        }
        if text.isEmpty { throw ValidationError("--text is empty.") }
        let limit = SendPlan.maximumTextByteCount
        if text.utf8.count > limit {
            throw ValidationError(
                "--text has at most \(limit) bytes: send a file, or - for standard input.")
        }
        if !Self.areArgumentsUTF8 { throw ValidationError("--text is not valid UTF-8.") }
    }

    /// Whether no argument was changed when it became a string.
    private static var areArgumentsUTF8: Bool {
        (0..<Int(CommandLine.argc)).allSatisfy { index in
            CommandLine.unsafeArgv[index].map { String(validatingCString: $0) != nil } ?? true
        }
    }

    func plan(_ sources: [String]) throws -> SendPlan {
        if let text { return SendPlan(text: text) }
        let exclusions = try exclusions + exclusionFiles.flatMap { try Self.lines(of: $0) }
        return try SendPlan(sources: sources, name: name, exclusions: exclusions, links: links)
    }

    /// The lines of a file that are neither empty nor comments.
    private static func lines(of path: String) throws -> [String] {
        try SmallFile.read(path).split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.hasPrefix("#") }
    }

    func options(onEvent: @escaping @Sendable (FileEvent) -> Void) -> SendOptions {
        var options = SendOptions()
        options.isDryRun = isDryRun
        options.bytesPerSecond = rateLimit?.bytesPerSecond
        options.onEvent = onEvent
        return options
    }
}

extension LinkPolicy: ExpressibleByArgument {}
