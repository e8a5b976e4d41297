import ArgumentParser
import SUDPServices

/// The sizes of a request and its answer on the command line: 1/1, 100/64K.
struct TransactionSizes: ExpressibleByArgument {
    let transaction: BenchTransaction

    /// Reads two numbers of bytes; nil for anything else, and for more than can be measured.
    init?(argument: String) {
        let sizes = argument.split(separator: "/", omittingEmptySubsequences: false).map {
            ByteCount(argument: String($0))
        }
        guard sizes.count == 2, let request = sizes[0], let response = sizes[1],
            let transaction = BenchTransaction(
                requestByteCount: request.count, responseByteCount: response.count)
        else { return nil }
        self.transaction = transaction
    }
}
