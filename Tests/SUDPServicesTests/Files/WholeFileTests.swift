import Foundation
import Glibc
import Testing

@testable import SUDPServices

/// Files that others read.
@Suite struct WholeFileTests {
    private let folder: TransferFolder
    private let path: String

    init() throws {
        folder = try TransferFolder()
        path = folder.root.appending(path: "list").path
    }

    @Test func `a link is followed and stays one`() throws {
        try folder.write([1], to: "source/target")
        #expect(symlink("source/target", path) == 0)
        try WholeFile.checkWritable(path)
        try WholeFile.write("text", to: path)
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: path)
        #expect(target == "source/target")
        #expect(folder.bytes("source/target") == Array("text".utf8))
        #expect(folder.outside == ["inbox", "list", "source", "source/target"])
    }

    @Test func `what a killed process of the same number left is not in the way`() throws {
        try folder.write([1], to: "list.\(getpid())")
        try WholeFile.checkWritable(path)
        try folder.write([1], to: "list.\(getpid())")
        try WholeFile.write("text", to: path)
        #expect(folder.bytes("list") == Array("text".utf8))
        #expect(folder.outside == ["inbox", "list", "source"])
    }
}
