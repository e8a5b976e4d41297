import Glibc
import SUDPServices

/// What a terminal shows of the input line.
///
/// All of it is drawn anew each time: the terminal may have wrapped or scrolled it meanwhile.
struct LineDisplay: Sendable {
    private var drawn: InputLayout?

    /// Whether the terminal can be told to move its cursor up.
    static var isPossible: Bool {
        getenv("TERM").map { !["", "dumb"].contains(String(cString: $0)) } ?? false
    }

    /// What takes the line away, and leaves the cursor where it began.
    mutating func erasure() -> String {
        guard let layout = drawn.take() else { return "" }
        let count = layout.rowsAbove(columns: Self.size.columns)
        // Terminals take what clears a whole window for a wish to keep what was in it.
        return "\r\u{1b}[C\u{1b}[J\r\u{1b}[2K"
            + String(repeating: "\u{1b}[A\u{1b}[2K", count: count)
    }

    /// What draws the line, where the cursor is.
    ///
    /// One row of the window is for what is above, so that it scrolls away and is not drawn over.
    mutating func drawing(
        prompt: String, text: String, cursor: Int, width: (Unicode.Scalar) -> Int
    ) -> String {
        let size = Self.size
        let layout = InputLayout(
            prompt: prompt, text: text, cursor: cursor, columns: size.columns,
            rowLimit: size.rows - 1, width: width)
        drawn = layout
        let below = layout.rows.count - 1 - layout.cursorRow
        return layout.rows.joined(separator: "\r\n") + "\r"
            + (below > 0 ? "\u{1b}[\(below)A" : "")
            + (layout.cursorColumn > 0 ? "\u{1b}[\(layout.cursorColumn)C" : "")
    }

    /// The line is no longer on the screen.
    mutating func forget() {
        drawn = nil
    }

    private static var size: (rows: Int, columns: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0
        else { return (24, 80) }
        return (Int(size.ws_row), Int(size.ws_col))
    }
}
