import ArgumentParser
import SUDPServices

/// What belongs to a client of a chat only.
struct ChatClientOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The name to have; $SUDP_NICK by default.", valueName: "name"))
    var nick: String?

    @Option(
        name: .customLong("room"),
        help: ArgumentHelp(
            "Enter this room; may be repeated; #lobby by default.", valueName: "room"))
    var rooms: [String] = []

    @Flag(name: .long, help: "Deliver standard input, show nothing, and leave.")
    var once = false

    @Flag(name: .long, help: "Connect again when the connection is lost, also between pipes.")
    var reconnect = false

    @Option(
        name: .long,
        help: ArgumentHelp("When to ring: off, mention, dm or all.", valueName: "when"),
        transform: Self.bell)
    var bell: ChatBell?

    @Option(
        name: .long, help: ArgumentHelp("How to show times: off, hm or full.", valueName: "style"),
        transform: Self.time)
    var time: ChatTimeStyle?

    @Option(
        name: .customLong("color"),
        help: ArgumentHelp(
            "Colour names: auto, on a terminal and unless $NO_COLOR is set; always; never.",
            valueName: "when"))
    var colour: ColourChoice = .auto

    @Flag(
        name: .customLong("quiet-presence"),
        help: "Do not tell who comes, goes, is away or back.")
    var hidesPresence = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Give up connecting after so many seconds; 60 by default.", valueName: "seconds"))
    var wait: Seconds?

    func validate() throws {
        if let nick, Nickname(nick) == nil {
            throw ValidationError(
                "A name has 1 to 32 letters, digits, '_', '-', '.', and is not one of the server's."
            )
        }
        if rooms.contains(where: { RoomName($0) == nil }) {
            throw ValidationError("A room is # and 1 to 31 letters, digits, '_', '-', '.'.")
        }
        if rooms.count > ChatConstants.maximumRoomsPerMember {
            throw ValidationError("At most \(ChatConstants.maximumRoomsPerMember) rooms.")
        }
    }

    /// The first of these options that was given; nil when none was.
    var given: String? {
        [
            ("--nick", nick != nil), ("--room", !rooms.isEmpty), ("--once", once),
            ("--reconnect", reconnect), ("--bell", bell != nil), ("--time", time != nil),
            ("--color", colour != .auto), ("--quiet-presence", hidesPresence),
            ("--wait", wait != nil),
        ].first(where: \.1)?.0
    }

    private static func bell(_ text: String) throws -> ChatBell {
        guard let bell = ChatBell(rawValue: text) else {
            throw ValidationError("--bell is off, mention, dm or all.")
        }
        return bell
    }

    private static func time(_ text: String) throws -> ChatTimeStyle {
        guard let style = ChatTimeStyle(rawValue: text) else {
            throw ValidationError("--time is off, hm or full.")
        }
        return style
    }

    /// The rooms to enter, each once.
    var roomNames: [String] {
        let names = rooms.compactMap { RoomName($0)?.text }
        guard !names.isEmpty else { return [ChatConstants.defaultRoom] }
        return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
