internal import Foundation

/// A name that a person has in the chat: 1 to 32 letters, digits, `_`, `-` and `.`.
public struct Nickname: Hashable, Sendable {
    /// As its owner writes it.
    public let text: String
    /// Equal for names that differ in nothing but case or the form of their letters.
    let folded: String
    /// One in common for names that look alike, whatever the case of their letters.
    let skeletons: Set<String>

    /// Takes a name; nil when it could be mistaken for something else than a name.
    public init?(_ text: String) {
        guard text.utf8.count <= 4 * ChatConstants.maximumNicknameLength else { return nil }
        let composed = text.precomposedStringWithCompatibilityMapping
        let scalars = composed.unicodeScalars
        guard (1...ChatConstants.maximumNicknameLength).contains(scalars.count),
            scalars.allSatisfy(Self.isAllowed),
            scalars.contains(where: { $0.properties.isAlphabetic })
        else { return nil }
        self.text = composed
        folded = Self.fold(composed)
        skeletons = [ConfusableSkeleton.of(composed), ConfusableSkeleton.of(folded)]
        guard skeletons.isDisjoint(with: Self.reserved) else { return nil }
    }

    /// The name with a number behind it; nil where that is too long.
    func numbered(_ number: Int) -> Nickname? {
        let digits = String(number)
        let room = ChatConstants.maximumNicknameLength - digits.count
        return Nickname(String(text.unicodeScalars.prefix(room)) + digits)
    }

    static func fold(_ text: String) -> String {
        text.lowercased().precomposedStringWithCompatibilityMapping
    }

    /// Names that look as if the server itself spoke.
    private static let reserved = Set(
        ["server", "system", "sudp", "root", "operator", "everyone", "all", "you", "me"].map {
            ConfusableSkeleton.of($0)
        })

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "_", "-", ".": return true
        default: break
        }
        guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber:
            return true
        default:
            return false
        }
    }
}

/// The name of a room: `#` and 1 to 31 letters, digits, `_`, `-` and `.`, in lower case.
public struct RoomName: Hashable, Sendable {
    /// With its `#`.
    public let text: String

    /// Takes a name, with or without its `#`; nil when it is none.
    public init?(_ text: String) {
        guard text.utf8.count <= 4 * ChatConstants.maximumRoomNameLength else { return nil }
        let bare = text.hasPrefix("#") ? String(text.dropFirst()) : text
        let folded = Nickname.fold(bare)
        guard (1..<ChatConstants.maximumRoomNameLength).contains(folded.unicodeScalars.count),
            folded.unicodeScalars.allSatisfy({ scalar in
                "_-.".unicodeScalars.contains(scalar)
                    || scalar.properties.isAlphabetic
                        && !scalar.properties.isDefaultIgnorableCodePoint
                        && TerminalText.escaped(String(scalar)) == String(scalar)
                    || scalar.properties.generalCategory == .decimalNumber
            })
        else { return nil }
        self.text = "#" + folded
    }
}
