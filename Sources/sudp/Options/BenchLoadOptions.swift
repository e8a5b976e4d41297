import ArgumentParser
import SUDPServices

/// What a benchmark measures.
struct BenchLoadOptions: ParsableArguments {
    private static let seconds: Duration = .seconds(86_400)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Measure each way for so long; 10 by default.", valueName: "seconds"))
    var time: Seconds?

    @Option(
        name: [.customShort("n"), .customLong("bytes")],
        help: ArgumentHelp(
            "Move so many bytes in place of a time: 500M, 1GiB.", valueName: "count"))
    var byteCount: ByteCount?

    @Option(
        name: [.customShort("P"), .customLong("parallel")],
        help: ArgumentHelp("Share the load among so many connections.", valueName: "count"))
    var flows: Int?

    @Flag(
        name: [.customShort("R"), .customLong("reverse")],
        help: "Measure the download only: the server sends.")
    var downloadsOnly = false

    @Flag(name: .customLong("upload"), help: "Measure the upload only.")
    var uploadsOnly = false

    @Flag(name: .customLong("bidir"), help: "Measure both ways at once.")
    var isBidirectional = false

    @Option(
        name: [.customShort("b"), .customLong("bitrate")],
        help: ArgumentHelp(
            "Send evenly so many bits per second at most: 500K, 50M, 1G.", valueName: "rate"))
    var rate: BitRate?

    @Option(
        name: [.customShort("O"), .customLong("omit")],
        help: ArgumentHelp(
            "Do not count so much at the beginning of each way.", valueName: "seconds"))
    var warmUp: Seconds?

    @Option(
        name: [.customShort("l"), .customLong("length")],
        help: ArgumentHelp(
            "Write so many bytes at once; 128KiB by default, at most 1MiB.", valueName: "bytes"))
    var blockByteCount: ByteCount?

    @Flag(
        name: .customLong("handshakes"),
        help: "Count connections that can be made per second in place of bytes.")
    var countsHandshakes = false

    @Option(
        name: .customLong("rr"),
        help: ArgumentHelp(
            "Count requests and answers of these sizes per second in place of bytes: 1/1, 100/64K;"
                + " at most 1MiB.", valueName: "bytes/bytes"))
    var transaction: TransactionSizes?

    @Option(
        name: .customLong("file"),
        help: ArgumentHelp(
            "Upload this file, read from the disk, in place of memory.", valueName: "file"),
        completion: .file())
    var file: String?

    @Option(
        name: .customLong("to-file"),
        help: ArgumentHelp(
            "Write the download to the disk, into a new file that does not stay.",
            valueName: "file"),
        completion: .file())
    var sink: String?

    func validate() throws {
        try requireOne(("-t", time != nil), ("-n", byteCount != nil))
        try requireOne(
            ("-R", downloadsOnly), ("--upload", uploadsOnly), ("--bidir", isBidirectional),
            ("--handshakes", countsHandshakes), ("--rr", transaction != nil))
        try requireOne(
            ("--file", file != nil), ("--to-file", sink != nil),
            ("--handshakes", countsHandshakes), ("--rr", transaction != nil))
        try requireNone(of: excluded)
        if let flows, !(1...BenchConstants.maximumFlows).contains(flows) {
            throw ValidationError("-P is a number from 1 to \(BenchConstants.maximumFlows).")
        }
        if let size = blockByteCount?.count, size > BenchConstants.maximumBlockByteCount {
            throw ValidationError("-l is at most 1MiB.")
        }
        for (name, time) in [("-t", time), ("-O", warmUp)] {
            guard let time, time.duration > Self.seconds else { continue }
            throw ValidationError("\(name) is at most a day.")
        }
    }

    private func requireOne(_ options: (name: String, isGiven: Bool)...) throws {
        let names = options.filter(\.isGiven).map(\.name)
        guard names.count > 1 else { return }
        throw ValidationError("\(names.joined(separator: " and ")) exclude each other.")
    }

    /// What is counted in place of bytes, and the options that mean nothing then.
    private var excluded: (work: String, options: [String])? {
        if countsHandshakes { return ("--handshakes", ["-n", "-b", "-O", "-l"]) }
        if transaction != nil { return ("--rr", ["-n", "-b", "-l"]) }
        if file != nil {
            return ("--file", ["-t", "-n", "-P", "-R", "--bidir", "-O"])
        }
        if sink != nil { return ("--to-file", ["-P", "--upload", "--bidir", "-O"]) }
        return nil
    }

    private func requireNone(of excluded: (work: String, options: [String])?) throws {
        guard let excluded, let option = excluded.options.first(where: given.contains) else {
            return
        }
        throw ValidationError("\(excluded.work) and \(option) exclude each other.")
    }

    /// What others than bytes are counted, by the option's name; nil for bytes.
    var work: String? { countsHandshakes ? "--handshakes" : transaction != nil ? "--rr" : nil }

    /// Those of these options that were given.
    var given: [String] {
        [
            ("-t", time != nil), ("-n", byteCount != nil), ("-P", flows != nil),
            ("-R", downloadsOnly), ("--upload", uploadsOnly), ("--bidir", isBidirectional),
            ("-b", rate != nil), ("-O", warmUp != nil), ("-l", blockByteCount != nil),
            ("--handshakes", countsHandshakes), ("--rr", transaction != nil),
            ("--file", file != nil), ("--to-file", sink != nil),
        ].filter(\.1).map(\.0)
    }

    /// The plan, but for what is compared.
    var plan: BenchPlan {
        var plan = BenchPlan()
        if downloadsOnly || sink != nil { plan.directions = [.download] }
        if uploadsOnly || file != nil { plan.directions = [.upload] }
        if isBidirectional { plan.directions = [.both] }
        if let time { plan.duration = time.duration }
        plan.byteCount = byteCount?.count
        plan.flows = flows ?? 1
        plan.bytesPerSecond = rate?.bytesPerSecond
        if let warmUp { plan.warmUp = warmUp.duration }
        if let size = blockByteCount?.count { plan.blockByteCount = Int(clamping: size) }
        plan.countsHandshakes = countsHandshakes
        (plan.file, plan.sink) = (file, sink)
        plan.transaction = transaction?.transaction
        return plan
    }
}
