/// Where an input line stands on a screen: its rows, and the cursor among them.
///
/// A row ends with a newline of its own, and never fills the last column, so that terminals that
/// wrap lines anew after a change of their width do so in a way that can be foreseen.
public struct InputLayout: Equatable, Sendable {
    /// What each row shows, without newlines.
    public private(set) var rows = [""]
    /// The row of the cursor.
    public private(set) var cursorRow = 0
    /// The column of the cursor.
    public private(set) var cursorColumn = 0
    private var widths = [0]

    /// Lays a line out.
    ///
    /// - Parameters:
    ///   - prompt: What stands before the line.
    ///   - text: The line, perhaps with newlines in it.
    ///   - cursor: How many bytes of UTF-8 of the text stand before the cursor.
    ///   - columns: The width of the screen.
    ///   - rowLimit: Show so many rows at most, those up to the cursor.
    ///   - width: How many columns a printable character takes.
    public init(
        prompt: String, text: String, cursor: Int, columns: Int, rowLimit: Int,
        width: (Unicode.Scalar) -> Int
    ) {
        let usable = max(1, columns - 1)
        for scalar in prompt.unicodeScalars { append(scalar, usable, width) }
        var offset = 0
        var hasCursor = false
        for scalar in text.unicodeScalars {
            if !hasCursor, offset >= cursor {
                setCursor()
                hasCursor = true
            }
            append(scalar, usable, width)
            offset += UTF8.width(scalar)
        }
        if !hasCursor { setCursor() }
        show(atMost: max(1, rowLimit))
    }

    private mutating func setCursor() {
        (cursorRow, cursorColumn) = (rows.count - 1, widths[rows.count - 1])
    }

    private mutating func append(
        _ scalar: Unicode.Scalar, _ usable: Int, _ width: (Unicode.Scalar) -> Int
    ) {
        switch scalar {
        case "\n": startRow()
        case " "..."~": put(scalar, 1, usable)
        case "\t": for _ in 0..<4 { put(" ", 1, usable) }
        default:
            let columns = width(scalar)
            guard columns < 0 || Self.isInvisible(scalar) else {
                return put(scalar, columns, usable)
            }
            for part in TerminalText.escaped(String(scalar)).unicodeScalars { put(part, 1, usable) }
        }
    }

    /// Directions and the like; what joins pictures and letters is seen in its effect.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .format && !(0x200c...0x200d).contains(scalar.value)
    }

    private mutating func put(_ scalar: Unicode.Scalar, _ width: Int, _ usable: Int) {
        if widths[widths.count - 1] + width > usable, widths[widths.count - 1] > 0 { startRow() }
        rows[rows.count - 1].unicodeScalars.append(scalar)
        widths[widths.count - 1] += width
    }

    private mutating func startRow() {
        rows.append("")
        widths.append(0)
    }

    private mutating func show(atMost limit: Int) {
        guard rows.count > limit else { return }
        let first = max(0, cursorRow - limit + 1)
        rows = Array(rows[first..<first + limit])
        widths = Array(widths[first..<first + limit])
        cursorRow -= first
    }

    /// How many rows of a screen of this width stand above the cursor when the terminal has wrapped
    /// anew what was laid out for another width.
    public func rowsAbove(columns: Int) -> Int {
        let columns = max(1, columns)
        let above = widths[..<cursorRow].reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        // Behind the last character the cursor stays in its row.
        let isBehind = cursorColumn > 0 && cursorColumn == widths[cursorRow]
        return above + (isBehind ? cursorColumn - 1 : cursorColumn) / columns
    }
}
