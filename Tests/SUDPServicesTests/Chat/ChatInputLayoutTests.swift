import Testing

@testable import SUDPServices

@Suite struct ChatInputLayoutTests {
    private func layout(
        _ text: String, cursor: Int? = nil, columns: Int = 11, rowLimit: Int = 20
    ) -> InputLayout {
        InputLayout(
            prompt: "> ", text: text, cursor: cursor ?? text.utf8.count, columns: columns,
            rowLimit: rowLimit
        ) { ["中": 2, "\u{301}": 0, "\u{7}": -1][$0] ?? 1 }
    }

    @Test(arguments: [
        ("", ["> "]), ("12345678", ["> 12345678"]), ("123456789", ["> 12345678", "9"]),
        ("a\nb", ["> a", "b"]), ("1234567中", ["> 1234567", "中"]), ("e\u{301}", ["> e\u{301}"]),
        ("\u{7}", ["> " + TerminalText.escaped("\u{7}")]),
        ("\u{202e}", ["> " + TerminalText.escaped("\u{202e}")]),
    ])
    func `a line takes as many rows as it needs, but never the last column`(
        text: String, rows: [String]
    ) {
        #expect(layout(text).rows == rows)
    }

    @Test(arguments: [(0, 0, 2), (3, 0, 5), (8, 0, 10), (9, 1, 1), (10, 2, 0), (11, 2, 1)])
    func `the cursor stands where it is in the text`(cursor: Int, row: Int, column: Int) {
        let layout = layout("123456789\nx", cursor: cursor)
        #expect(layout.cursorRow == row)
        #expect(layout.cursorColumn == column)
    }

    @Test func `what fills the window is shown around the cursor`() {
        let text = (1...40).map(String.init).joined(separator: "\n")
        let end = layout(text, rowLimit: 5)
        #expect(end.rows == ["36", "37", "38", "39", "40"])
        #expect(end.cursorRow == 4)
        let start = layout(text, cursor: 0, rowLimit: 5)
        #expect(start.rows == ["> 1", "2", "3", "4", "5"])
        #expect(start.cursorRow == 0)
    }

    @Test(arguments: [(11, 1), (5, 2), (4, 3), (20, 1), (1, 10)])
    func `what a narrower terminal wraps anew is counted`(columns: Int, rows: Int) {
        #expect(layout("123456789").rowsAbove(columns: columns) == rows)
    }
}
