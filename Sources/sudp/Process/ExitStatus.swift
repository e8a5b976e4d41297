import SUDPServices
import SUDPTransport

/// How the process ends; the meaning of each code is fixed in sudp(1).
enum ExitStatus: Int32 {
    case complete = 0
    case otherError = 1
    case usage = 64
    case dataError = 65
    case inputMissing = 66
    case unavailable = 69
    case cannotCreate = 73
    case localInputOutput = 74
    case temporaryFailure = 75
    case protocolError = 76
    case notPermitted = 77
}
