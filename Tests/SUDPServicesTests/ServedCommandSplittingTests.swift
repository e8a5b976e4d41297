import SUDPServices
import Testing

@Suite struct ServedCommandSplittingTests {
    @Test(arguments: ["", " ", " \t\n "])
    func `a line without a word is no command`(_ line: String) {
        #expect(ServedCommand(splitting: line) == nil)
    }

    @Test func `blanks separate words and nothing else has a meaning`() {
        #expect(
            ServedCommand(splitting: "  a  'b c'\t$d;e ")
                == .program("a", arguments: ["'b", "c'", "$d;e"]))
    }
}
