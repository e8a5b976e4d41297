import SUDPServices
import SUDPTransport

/// How the process ends; the meaning of each code is fixed in sudp(1).
enum ExitStatus: Int32 {
    case complete = 0
    case otherError = 1
    case someFailed = 23
    case usage = 64
    case dataError = 65
    case inputMissing = 66
    case unavailable = 69
    case cannotCreate = 73
    case localInputOutput = 74
    case temporaryFailure = 75
    case protocolError = 76
    case notPermitted = 77

    /// The status for an error of any layer.
    init(of error: any Error) {
        switch error {
        case let error as TransportError: self.init(of: error.category)
        case let error as PipeFailure: self.init(of: error)
        case let error as ChatFailure: self.init(of: error)
        case let error as FileFailure: self.init(of: error)
        case let error as FileTransferFailure: self.init(of: error)
        case let error as BenchFailure: self.init(of: error)
        case let error as CertificateIssuer.Failure:
            self = error.isInvalidRequest ? .usage : .notPermitted
        default: self = .otherError
        }
    }

    private init(of category: TransportError.Category) {
        switch category {
        case .refused, .unreachable, .serverFull: self = .unavailable
        case .timeout, .lost: self = .temporaryFailure
        case .protocol: self = .protocolError
        case .authentication(let failure): self.init(of: failure)
        case .closedByPeer(let code, _): self.init(of: code)
        case .local: self = .otherError
        case .system: self = .localInputOutput
        case .cancelled: self = .otherError
        case .truncated: self = .dataError
        }
    }

    private init(of failure: PipeFailure) {
        switch failure {
        case .inputFailed, .outputFailed, .outputClosed: self = .localInputOutput
        case .noThread: self = .otherError
        case .idle: self = .temporaryFailure
        case .commandNotStarted: self = .inputMissing
        case .commandKilled: self = .otherError
        case .endedEarly(let reason, _, _): self.init(of: reason)
        }
    }

    private init(of failure: ChatFailure) {
        switch failure {
        case .wrongService, .malformed: self = .protocolError
        case .notAdmitted, .thrownOut: self = .notPermitted
        case .serverEnded: self = .dataError
        case .lost: self = .temporaryFailure
        case .notDelivered: self = .otherError
        case .badInput: self = .dataError
        case .unusableFile: self = .cannotCreate
        }
    }

    private init(of failure: BenchFailure) {
        switch failure {
        case .wrongService: self = .protocolError
        case .notAllowed, .noTCP: self = .unavailable
        case .notPermitted: self = .notPermitted
        case .endedEarly(let reason): self.init(of: reason)
        case .unusableBaseline: self = .dataError
        case .diskFailed: self = .localInputOutput
        case .slower, .noThread, .nothingMeasured: self = .otherError
        }
    }

    private init(of reason: CloseReason) {
        switch reason {
        case .complete, .closedLocally: self = .otherError
        case .closedByPeer(let code, _): self.init(of: code)
        case .handshakeFailed(let failure): self.init(of: failure)
        case .protocolViolation, .versionNotSupported: self = .protocolError
        case .handshakeTimedOut, .peerLost, .stateLost: self = .temporaryFailure
        }
    }

    private init(of failure: HandshakeFailure) {
        self = failure.kind == .other ? .protocolError : .notPermitted
    }

    private init(of code: CloseCode) {
        switch code {
        case .application(ReservedCode.serverFull.rawValue),
            .application(ReservedCode.listenerClosed.rawValue),
            .application(ApplicationCode.ending.rawValue):
            self = .unavailable
        case .application(ApplicationCode.notUnderstood.rawValue): self = .protocolError
        case .application: self = .dataError
        case .transport(.connectionRefused): self = .unavailable
        case .transport, .tlsAlert: self = .protocolError
        }
    }

    private init(of failure: FileFailure) {
        switch failure {
        case .exists, .cannotWrite: self = .cannotCreate
        case .missing, .cannotRead: self = .inputMissing
        case .unusable: self = .notPermitted
        }
    }

    private init(of failure: FileTransferFailure) {
        switch failure {
        case .incomplete(_, _, _, let status): self = status.map(Self.init(of:)) ?? .someFailed
        case .protocolBroken, .textNotTaken: self = .protocolError
        case .refused(let status, _): self.init(of: status)
        case .nameClash, .nameless: self = .usage
        case .endedEarly(let reason, _): self.init(of: reason)
        case .idle: self = .temporaryFailure
        case .noThread: self = .otherError
        }
    }

    private init(of status: FileStatus) {
        switch status {
        case .stored, .kept: self = .otherError
        case .exists, .noSpace, .cannotCreate, .refused, .busy: self = .cannotCreate
        case .cannotWrite: self = .localInputOutput
        case .mismatch, .sourceChanged: self = .dataError
        case .sourceMissing, .sourceUnreadable: self = .inputMissing
        }
    }
}
