import Testing

@Suite struct CodeMaskTests {
    @Test(arguments: [
        ("a // b", "a     "),
        ("a /* b /* c */ d */ e", "a                   e"),
        (#"f("b") + 1"#, #"f(  ") + 1"#),
        (##"f(#"b" c"#) + 1"##, ##"f(       ") + 1"##),
        (#"f("x\"y") + 1"#, #"f(     ") + 1"#),
        (#"f("x\(g("y"))z") + 1"#, #"f(   (g(  ")) ") + 1"#),
        (##"f(#"\(a)\#(b)"#)"##, ##"f(        (b) ")"##),
        ("func `it isn't \"so\"`() {", "func _______________() {"),
        ("let s = \"\"\"\n  a \"b\" {\n  \"\"\"\nlet t", "let s =    \n         \n    \"\nlet t"),
    ])
    func `comments and literals vanish and code stays in place`(_ text: String, _ code: String) {
        let masked = String(decoding: CodeMask.code(in: text), as: UTF8.self)

        #expect(masked == code)
    }

    @Test(arguments: ["\"", "/*", "f(\"\\(", "\"\"\"", "`", "#\"\\#", "\\", "\"\\"])
    func `text that ends too early is read to its end`(_ text: String) {
        let masked = CodeMask.code(in: text)

        #expect(masked.count == text.utf8.count)
    }
}
