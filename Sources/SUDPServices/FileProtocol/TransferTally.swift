/// How many files, directories and links of a transfer went well, and what was wrong with others.
struct TransferTally: Sendable {
    private(set) var complete: UInt64 = 0
    private(set) var failed: UInt64 = 0
    private var first: FileProblem?
    private var commonStatus: FileStatus?
    /// What failed last and not because of its directory: what is in it follows soon.
    private var lastCause: String?

    mutating func noteComplete() {
        complete &+= 1
    }

    /// Counts a problem; returns it with what the earlier ones say about it.
    @discardableResult
    mutating func note(_ problem: FileProblem) -> FileProblem {
        defer { count(problem) }
        var problem = problem
        if let lastCause, problem.path.hasPrefix(lastCause + "/") {
            problem.isConsequence = true
        } else {
            lastCause = problem.path
        }
        return problem
    }

    private mutating func count(_ problem: FileProblem) {
        failed &+= 1
        if first == nil {
            first = problem
            commonStatus = problem.status
        } else if commonStatus != problem.status {
            commonStatus = nil
        }
    }

    /// What the transfer as a whole failed with; nil when nothing did.
    var failure: FileTransferFailure? {
        guard let first else { return nil }
        return .incomplete(
            failed: failed, total: complete &+ failed, first: first,
            status: complete == 0 ? commonStatus : nil)
    }
}
