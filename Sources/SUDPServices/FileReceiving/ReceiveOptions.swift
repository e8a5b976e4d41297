/// How files are received.
public struct ReceiveOptions: Sendable {
    /// Where they go.
    public enum Destination: Sendable {
        /// Below a directory.
        case directory(ReceiveDirectory)
        /// The only file's content, to a descriptor.
        case output(PipeOutput)
    }

    /// Where they go.
    public let destination: Destination
    /// What happens where a name is taken.
    public var existing = ExistingFilePolicy.refuse
    /// Whether names are those of the sender, without `received_` in front.
    public var keepsNames = false
    /// Whether every sender has a directory of its own, named after its certificate or address.
    public var separatesClients = false
    /// Whether certificates that senders show are of an authority that is trusted.
    public var verifiesClients = false
    /// Whether files and directories get the sender's permissions and times.
    public var preservesAttributes = true
    /// Where the checksums of what is stored go; nil for nowhere.
    public var checksums: ChecksumList?
    /// How long no byte may move; nil for ever.
    public var idleLimit: Duration?
    /// How long a peer may take to say that it sends files.
    public var greetingLimit: Duration = .seconds(60)

    /// Receives to a place.
    public init(_ destination: Destination) {
        self.destination = destination
    }
}
