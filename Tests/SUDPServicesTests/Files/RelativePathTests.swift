import Testing

@testable import SUDPServices

@Suite struct RelativePathTests {
    @Test(arguments: [
        "", ".", "..", "/", "//", "a/", "/a", "/etc/passwd", "../x", "a/../b", "a/../../b", "a//b",
        "a/.", "./a", "a/..", "..//", "a\u{0}b", "\u{0}", ".x.sudp-part", "a/.b.sudp-part",
        String(repeating: "n", count: 256), String(repeating: "ü", count: 128),
        String(repeating: "a/", count: 100) + "a", String(repeating: "long/", count: 900) + "x",
    ])
    func `a path that could lead elsewhere is refused`(text: String) {
        #expect(RelativePath(text) == nil)
    }

    @Test(arguments: [
        "a", "a/b", "-rf", "~", "~/x", "...", "..a", "a..", ".bashrc", "C:\\x", "\\\\srv\\x",
        "a\nb", "\u{1b}[2J", "\u{202e}txt.exe", "e\u{301}", "é", "x.sudp-part", ".sudp-part.x",
        String(repeating: "n", count: 255), String(repeating: "a/", count: 99) + "a",
    ])
    func `every other path is kept byte by byte`(text: String) {
        #expect(RelativePath(text).map { Array($0.text.utf8) } == Array(text.utf8))
    }

    @Test func `a prefix must fit`() {
        let name = String(repeating: "n", count: 250)
        #expect(RelativePath("a/b")?.withPrefix("received_")?.text == "received_a/b")
        #expect(RelativePath(name)?.withPrefix("received_") == nil)
    }

    @Test(arguments: [
        ("top/l", "x"), ("top/l", "x/y"), ("top/a/l", "../x"), ("top/a/b/l", "../../x/y"),
        ("top/a/l", "./../x"), ("top/a/l", ".."),
    ])
    func `a link may point inside its first directory`(path: String, target: String) {
        #expect(RelativePath(path)?.keepsInside(linkTo: target) == true)
    }

    @Test(arguments: [
        ("l", ".."), ("l", "../x"), ("top/l", "../x"), ("top/a/l", "../../x"), ("top/l", "/etc"),
        ("top/a/l", "x/../../.."), ("top/a/b/l", "s/../../z"), ("top/l", ""), ("top/l", "a\u{0}b"),
    ])
    func `a link may not lead out of it`(path: String, target: String) {
        #expect(RelativePath(path)?.keepsInside(linkTo: target) == false)
    }

    @Test func `a part has a name of its own that fits`() {
        let long = String(repeating: "n", count: 255)
        #expect(PartName.of("a") == ".a.sudp-part")
        #expect(PartName.of(long).utf8.count <= 255)
        #expect(PartName.of(long) != PartName.of(long.dropLast() + "m"))
        #expect(PartName.isReserved(PartName.of(long)))
    }
}
