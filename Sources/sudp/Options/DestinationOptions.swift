import ArgumentParser
import SUDPServices

/// Where received files go, and what happens where a name is taken.
struct DestinationOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Store files below this directory.", valueName: "dir"),
        completion: .directory)
    var dir = "."

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "- writes the content of the only file to standard output.", valueName: "file"))
    var out: String?

    @Flag(name: .customLong("once"), help: "End after one sender, with the status of its transfer.")
    var endsAfterOne = false

    @Flag(name: .customLong("keep-names"), help: "Store files as they are named by the sender.")
    var keepsNames = false

    @Flag(
        name: .customLong("per-client"),
        help: "Give each sender a directory of its own, named after its certificate or address.")
    var separatesClients = false

    @Flag(
        name: .customLong("no-preserve"),
        help: "Give what is stored usual permissions and the time of now, not the sender's.")
    var preservesNothing = false

    @Flag(name: .long, help: "Replace files that are there.")
    var overwrite = false

    @Flag(name: .long, help: "Store a file whose name is taken as NAME.1, NAME.2 and so on.")
    var rename = false

    @Flag(name: .customLong("skip-existing"), help: "Keep files that are there.")
    var skipExisting = false

    @Flag(name: .long, help: "Replace files that are there and older.")
    var update = false

    @Option(
        name: .customLong("checksum-file"),
        help: ArgumentHelp(
            "List the SHA-256 of what is stored in this file, for sha256sum -c.",
            valueName: "file"),
        completion: .file())
    var checksumFile: String?

    func validate() throws {
        let choices = [
            ("--overwrite", overwrite), ("--rename", rename), ("--skip-existing", skipExisting),
            ("--update", update),
        ].filter(\.1).map(\.0)
        if choices.count > 1 {
            throw ValidationError("\(choices.joined(separator: " and ")) exclude each other.")
        }
        if let out {
            guard out == "-" else { throw ValidationError("-o knows only -, standard output.") }
            if !choices.isEmpty || keepsNames || preservesNothing || separatesClients || dir != "."
            {
                throw ValidationError("-o - stores nothing: leave out options about names.")
            }
        }
    }

    /// Whether the command ends after one sender.
    var isOnce: Bool { endsAfterOne || out != nil }

    func destination() throws -> ReceiveOptions.Destination {
        guard out == nil else { return .output(StandardStreams.output(closesAtEnd: true)) }
        return .directory(try ReceiveDirectory(dir))
    }

    func apply(to options: inout ReceiveOptions) {
        options.keepsNames = keepsNames
        options.separatesClients = separatesClients
        options.preservesAttributes = !preservesNothing
        if overwrite { options.existing = .overwrite }
        if rename { options.existing = .rename }
        if skipExisting { options.existing = .skip }
        if update { options.existing = .update }
    }
}
