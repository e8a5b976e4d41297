extension BenchHandshakes.Kind {
    /// What it is called in a result.
    var name: String {
        switch self {
        case .full: "full"
        case .resumed: "resumed"
        case .early: "0-rtt"
        }
    }

    /// The key of its object in a result.
    var key: String {
        switch self {
        case .full: "handshakes"
        case .resumed: "resumed_handshakes"
        case .early: "early_handshakes"
        }
    }

    /// What is counted, for people.
    var words: String {
        switch self {
        case .full: "full handshakes/s"
        case .resumed: "resumed handshakes/s"
        case .early: "resumed handshakes/s with a request as early data, answered"
        }
    }
}
