/// Every limit and every allow-list of the repository; the rules read nothing else.
enum Limits {
    static let linesPerFile = 400
    static let linesPerFunction = 60
    static let columnsPerLine = 100
    static let storedPropertiesPerType = 15
    static let storedPropertyExemptSuffixes = ["Configuration", "Statistics", "Constants"]

    static let topLevel: Set = [
        ".ci", ".gitignore", ".swift-format", "Benchmarks", "LICENSE", "Makefile", "Package.swift",
        "README.md", "Sources", "Tests", "certs", "completions", "man",
    ]
    static let documentLines = [
        "README.md": 200, "Sources/README.md": 150, "Tests/README.md": 80, "certs/README.md": 25,
    ]
    static let maps: Set = ["Sources/README.md", "Tests/README.md"]
    static let vagueFileWords = ["Manager", "Helper", "Util", "Common"]
    static let leftoverWords: Set = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]

    /// What the files below a folder may import; the longest matching prefix decides.
    static let imports: [String: Set<String>] = [
        "Sources/SUDPCrypto/": ["COpenSSL"],
        "Sources/SUDPCrypto/Protection/": ["COpenSSL", "CPacketProtection"],
        "Sources/SUDPProtocol/": ["DequeModule"],
        "Sources/SUDPProtocol/Connection/": ["DequeModule", "SUDPCrypto"],
        "Sources/SUDPProtocol/Endpoint/": ["DequeModule", "SUDPCrypto"],
        "Sources/SUDPProtocol/Packet/": ["DequeModule", "SUDPCrypto"],
        "Sources/SUDPProtocol/Security/": ["DequeModule", "SUDPCrypto"],
        "Sources/SUDPTransport/": ["Logging", "SUDPProtocol", "Synchronization"],
        "Sources/SUDPTransport/API/": ["Logging", "SUDPCrypto", "SUDPProtocol", "Synchronization"],
        "Sources/SUDPTransport/Driver/": [
            "CLinuxUDP", "Glibc", "Logging", "SUDPProtocol", "Synchronization",
        ],
        "Sources/SUDPTransport/UDP/": ["CLinuxUDP", "Glibc", "Logging", "SUDPProtocol"],
        "Sources/SUDPServices/": [
            "Collections", "DequeModule", "Foundation", "Glibc", "Histogram", "Logging",
            "SUDPTransport", "Subprocess", "Synchronization", "SystemPackage",
        ],
        "Sources/SUDPServices/FileSending/": [
            "CLinuxFiles", "DequeModule", "Glibc", "SUDPTransport", "SystemPackage",
        ],
        "Sources/SUDPServices/FileReceiving/": [
            "CLinuxFiles", "DequeModule", "Glibc", "SUDPTransport", "Synchronization",
            "SystemPackage",
        ],
        "Sources/sudp/": [
            "ArgumentParser", "Foundation", "Glibc", "Logging", "SUDPServices", "SUDPTransport",
            "Synchronization",
        ],
        "Sources/sudp/Process/Allocator.swift": ["CMalloc"],
        "Sources/sudp/Terminal/LineEditor.swift": [
            "CReadline", "Foundation", "Glibc", "Synchronization",
        ],
    ]

    /// The words of the core that the public interface speaks are exported in one file.
    static let reexports: Set = ["Sources/SUDPTransport/API/Vocabulary.swift"]

    /// The sans-IO core: clock, randomness, concurrency and output reach it as parameters only.
    static let sansIO = "Sources/SUDPProtocol/"
    static let sansIOForbidden = [
        "Clock", "ContinuousClock", "SuspendingClock", "DispatchTime", "Date", "clock_gettime",
        "gettimeofday", ".random(", "SystemRandomNumberGenerator", "async", "await", "Task",
        "actor", "@escaping", "print(", "debugPrint(",
    ]
    static let classesInSansIO: Set = ["BlockMemory", "ByteBlock", "DatagramBuffer"]

    /// Bytes travel through the core as bounded views; only these files touch what lies beneath.
    static let byteViews: Set = [
        "UnsafeRawBufferPointer", "UnsafeMutableRawBufferPointer", "withUnsafeBytes",
    ]
    static let memoryAccess = [
        ".baseAddress", ".load(", ".loadUnaligned(", ".storeBytes(", ".copyMemory(", ".copyBytes(",
        ".bindMemory(", ".assumingMemoryBound(",
    ]
    static let memoryAccessInSansIO = [
        "Sources/SUDPProtocol/Packet/", "Sources/SUDPProtocol/Security/SessionProtection.swift",
        "Sources/SUDPProtocol/Stream/ReassemblyBuffer.swift",
        "Sources/SUDPProtocol/Stream/SendBuffer.swift", "Sources/SUDPProtocol/Wire/",
    ]
}
