import Testing

@Suite struct DeclarationsTests {
    private func declarations(in text: String) -> Declarations {
        Declarations(tokens: SourceFile(path: "Sources/A.swift", text: text).tokens)
    }

    @Test func `a function reaches from its keyword to its closing brace`() {
        let text = """
            struct A {
                /// Doc.
                func f(g: () -> Void = { print("{") }) {
                    if true {
                        g()
                    }
                }
            }
            """

        #expect(
            declarations(in: text).functions == [.init(name: "f", line: 3, lineCount: 5)])
    }

    @Test func `a requirement without a body takes no other body`() {
        let text = """
            protocol P {
                func f()
                var a: Int { get }
            }
            struct B {
                init() {}
            }
            """

        #expect(declarations(in: text).functions.map(\.lineCount) == [0, 1, 1])
    }

    @Test func `accessors and initialisers count as functions`() {
        let text = """
            extension A {
                init(a: Int) {
                    self.init()
                }
                var b: Int {
                    1
                }
                subscript(c: Int) -> Int {
                    c
                }
            }
            """

        #expect(declarations(in: text).functions.map(\.name) == ["init", "b", "subscript"])
    }

    @Test func `only stored instance properties are counted`() {
        let text = """
            public struct A {
                static let zero = 0
                private static var one = 1
                let a: Int
                public private(set) var b: [Int: (Int) -> Void] = [:]
                var c: Int { 1 }
                lazy var d: Int = { let x = 1; return x }()
                var e = 1 {
                    didSet { let y = 2 }
                }
                let f: Int
                @State var g: Int
                mutating func h() {
                    var local = 1
                }
                struct B {
                    let i: Int
                }
            }
            """

        #expect(declarations(in: text).types.map(\.storedProperties) == [6, 1])
    }
}
