import SUDPServices
import Testing

@Suite struct TerminalTextTests {
    @Test func `plain text of any script stays as it is`() {
        let text = "Grüße, 日本語, שלום, é, 🙂 $(x) 'y'"
        #expect(TerminalText.escaped(text) == text)
    }

    @Test(arguments: [
        ("\u{1b}[31m", #"\x1b[31m"#), ("a\r\nb", #"a\r\nb"#), ("\t", #"\t"#), ("\u{7}", #"\x07"#),
        ("\u{7f}", #"\x7f"#), ("\u{9b}2J", #"\u{9b}2J"#), ("\u{202e}x", #"\u{202e}x"#),
        ("\u{2066}", #"\u{2066}"#), ("\u{2028}", #"\u{2028}"#), ("\u{feff}", #"\u{feff}"#),
        ("\u{e000}", #"\u{e000}"#), ("\0", #"\x00"#),
    ])
    func `what could steer a terminal is spelt out`(text: String, expected: String) {
        #expect(TerminalText.escaped(text) == expected)
    }

    @Test func `no scalar slips through`() {
        for value in UInt32(0)..<0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let escaped = TerminalText.escaped(String(scalar))
            #expect(
                !escaped.unicodeScalars.contains {
                    $0.value < 0x20 || (0x7f..<0xa0).contains($0.value)
                        || $0.properties.isBidiControl
                })
        }
    }
}
