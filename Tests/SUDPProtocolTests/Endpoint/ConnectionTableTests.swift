import Testing

@testable import SUDPProtocol

@Suite struct ConnectionTableTests {
    private static let first = ConnectionHandle(value: 1)
    private static let second = ConnectionHandle(value: 2)

    @Test func `connection IDs lead to their connection until they are removed`() {
        var table = ConnectionTable()
        table.add(ConnectionID(value: 10), for: Self.first)
        table.add(ConnectionID(value: 11), for: Self.first)
        table.add(ConnectionID(value: 20), for: Self.second)
        table.addOpening(ConnectionID(value: 21), for: Self.second)
        #expect(table.count == 2)
        #expect(table.find(ConnectionID(value: 11)) == Self.first)
        #expect(table.find(ConnectionID(value: 21)) == Self.second)
        table.remove(ConnectionID(value: 10), of: Self.first)
        #expect(table.find(ConnectionID(value: 10)) == nil)
        table.removeOpening(of: Self.second)
        #expect(table.find(ConnectionID(value: 21)) == nil)
        #expect(table.find(ConnectionID(value: 20)) == Self.second)
        table.removeAll(of: Self.first)
        table.removeAll(of: Self.second)
        #expect(table.count == 0)
        #expect(table.find(ConnectionID(value: 20)) == nil)
    }

    @Test func `nobody removes the connection ID of another`() {
        var table = ConnectionTable()
        table.add(ConnectionID(value: 10), for: Self.first)
        table.remove(ConnectionID(value: 10), of: Self.second)
        #expect(table.find(ConnectionID(value: 10)) == Self.first)
    }
}
