import Testing

@testable import SUDPProtocol

@Suite struct ConnectionIDsTests {
    private static let local = ConnectionID(value: 1)
    private static let original = ConnectionID(value: 2)
    private static let server = ConnectionID(value: 3)
    private static let retry = ConnectionID(value: 4)

    private var client: ConnectionIDs {
        ConnectionIDs(
            local: Self.local, remote: Self.original, originalDestination: Self.original,
            isRemoteFixed: false)
    }

    private func parameters(
        source: ConnectionID?, original: ConnectionID? = original, retry: ConnectionID? = nil
    ) -> TransportParameters {
        var parameters = TransportParameters()
        parameters.initialSource = source
        parameters.originalDestination = original
        parameters.retrySource = retry
        return parameters
    }

    @Test func `the first server that answers is the server`() {
        var ids = client
        ids.fixRemote(Self.server)
        ids.fixRemote(Self.retry)
        #expect(ids.remote == Self.server)
    }

    @Test func `the parameters must say what the headers said`() {
        var ids = client
        ids.fixRemote(Self.server)
        let good = parameters(source: Self.server)
        #expect(ids.areConfirmed(by: good, side: .client))
        for bad in [
            parameters(source: Self.retry), parameters(source: nil),
            parameters(source: Self.server, original: Self.local),
            parameters(source: Self.server, original: nil),
            parameters(source: Self.server, retry: Self.retry),
        ] {
            #expect(!ids.areConfirmed(by: bad, side: .client))
        }
    }

    @Test func `a RETRY must have been the server's own`() {
        var ids = client
        ids.onRetry(source: Self.retry, token: [1])
        ids.fixRemote(Self.server)
        #expect(ids.token == [1])
        let silent = parameters(source: Self.server)
        #expect(!ids.areConfirmed(by: silent, side: .client))
        let admitted = parameters(source: Self.server, retry: Self.retry)
        #expect(ids.areConfirmed(by: admitted, side: .client))
    }

    @Test func `a server checks the client's source only`() {
        let ids = ConnectionIDs(
            local: Self.server, remote: Self.local, originalDestination: Self.original,
            isRemoteFixed: true)
        let good = parameters(source: Self.local, original: nil)
        #expect(ids.areConfirmed(by: good, side: .server))
        let bad = parameters(source: Self.server, original: nil)
        #expect(!ids.areConfirmed(by: bad, side: .server))
    }
}
