import Foundation
import Testing

@Suite struct BenchTests {
    private static let prelude = """
        serve() {
            mkfifo port.fifo
            "$SUDP" bench --serve 127.0.0.1:0 "$@" --port-file port.fifo 2> serve.err & pid=$!
            read -r port < port.fifo
            rm port.fifo
        }
        bench() { "$SUDP" bench 127.0.0.1:$port --insecure -q "$@"; }

        """

    private func run(_ script: String) async throws -> Shell.Result {
        try await Shell.run(Self.prelude + script, secondsAtMost: 120)
    }

    private func object(_ text: some StringProtocol) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(object as? [String: Any])
    }

    @Test func `a server measures with client after client until it is told to stop`() async throws
    {
        let result = try await run(
            """
            serve --allow-plaintext
            bench -n 200K --json > one; echo $?
            "$SUDP" bench 127.0.0.1:$port --plaintext -q -n 200K > two; echo $?
            kill -TERM $pid; wait $pid; echo $?
            """)
        #expect(result.output == "0\n0\n143\n")
        let fields = try object(result.file("one"))
        #expect(fields["event"] as? String == "result" && fields["complete"] as? Bool == true)
        #expect(result.file("two").contains("download"))
        #expect(result.file("serve.err").components(separatedBy: ": measures").count == 3)
    }

    @Test func `without an address both ends are in one process`() async throws {
        let result = try await run(
            "\"$SUDP\" bench -n 100K --vs-tcp --compare plaintext --json --plot p.svg")
        #expect(result.status == 0 && result.errors.isEmpty)
        let variants = try #require(try object(result.output)["variants"] as? [[String: Any]])
        #expect(variants.compactMap { $0["name"] as? String } == ["secure", "plaintext", "tcp"])
        #expect(result.file("p.svg").hasPrefix("<svg "))
    }

    @Test func `a stream has an object for each interval and the result last`() async throws {
        let result = try await run("\"$SUDP\" bench -t 0.3 -i 0.1 -R --json-stream -q")
        let events = try result.output.split(separator: "\n").map {
            try object($0)["event"] as? String
        }
        #expect(events.prefix(2) == ["begin", "begin"] && events.last == "result")
        #expect(events.dropFirst(2).dropLast().count >= 2)
        #expect(events.dropFirst(2).dropLast().allSatisfy { $0 == "interval" })
    }

    @Test func `transactions are counted over a path`() async throws {
        let result = try await run(
            """
            serve
            bench --rr 1/10K -P 2 -t 3 > text; echo $?
            bench --rr 1/1 -t 3 -O 0.1 -i 0.1 --json-stream > stream; echo $?
            kill $pid; wait $pid
            """)
        #expect(result.output == "0\n0\n")
        #expect(result.file("text").contains("transactions/s of 1 and 10000 bytes"))
        let events = try result.file("stream").split(separator: "\n").map { try object($0) }
        #expect(events.first?["phase"] as? String == "rr")
        #expect(events.dropFirst().first?["warm_up"] as? Bool == true)
        let variant = try #require((events.last?["variants"] as? [[String: Any]])?.first)
        let counted = try #require(variant["rr"] as? [String: Any])
        let latency = try #require(counted["latency_ms"] as? [String: Double])
        #expect(latency["count"] == counted["count"] as? Double)
        #expect(latency["p99.9"] ?? 0 >= latency["p50"] ?? 1)
    }

    @Test func `transactions are counted over TCP, too, in every form`() async throws {
        let result = try await run(
            """
            serve
            bench --rr 1/10K -P 2 -t 1 --vs-tcp --json-stream > stream; echo $?
            bench --rr 1/10K -t 1 --vs-tcp > text; echo $?
            kill $pid; wait $pid
            "$SUDP" bench --rr 10K/1 -t 1 --vs-tcp --csv > table; echo $?
            """)
        #expect(result.output == "0\n0\n0\n" && result.file("serve.err").contains(": measures"))
        let events = try result.file("stream").split(separator: "\n").map { try object($0) }
        let intervals = events.filter { $0["event"] as? String == "interval" }
        #expect(Set(intervals.compactMap { $0["variant"] as? String }) == ["secure", "tcp"])
        let variants = try #require(events.last?["variants"] as? [[String: Any]])
        #expect(variants.compactMap { $0["name"] as? String } == ["secure", "tcp"])
        let counted = variants.compactMap { $0["rr"] as? [String: Any] }
        #expect(counted.compactMap { $0["ratio"] as? Double }.first == 1)
        #expect(counted.compactMap { $0["ratio"] as? Double }.count == 2)
        #expect(counted.allSatisfy { ($0["latency_ms"] as? [String: Double])?["p99.9"] ?? 0 > 0 })
        #expect(
            result.file("text").contains("\ntcp: ") && result.file("text").contains("rr × secure"))
        let rows = result.file("table").components(separatedBy: "\r\n").dropFirst().dropLast()
        #expect(rows.suffix(2).map { $0.hasPrefix("phase,secure,1,rr,") } == [true, false])
        #expect(rows.last?.hasPrefix("phase,tcp,1,rr,") == true)
    }

    @Test func `files go over TCP, too`() async throws {
        let result = try await run(
            """
            head -c 3000001 /dev/urandom > data
            "$SUDP" bench --file data --vs-tcp > up; echo $?
            "$SUDP" bench --to-file new -n 2M --vs-tcp --json > down; echo $?
            serve --max-bytes 1M
            bench --file data --vs-tcp > partial; echo $?
            kill $pid; wait $pid
            """)
        #expect(result.output == "0\n0\n65\n")
        let lines = result.file("up").components(separatedBy: "upload: read 3.00 MB from the disk")
        #expect(lines.count == 3 && result.file("up").contains("upload × secure: secure 1.00, tcp"))
        let variants = try #require(try object(result.file("down"))["variants"] as? [[String: Any]])
        let disks = variants.compactMap { variant in
            (variant["phases"] as? [[String: Any]])?.last?["disk"] as? [String: Double]
        }
        #expect(disks.map { $0["bytes"] } == [2_000_000, 2_000_000])
        #expect(result.errors.contains("the server gives a client 1000000 bytes"))
    }

    @Test func `a table has a header, a line for each interval and one for each phase`()
        async throws
    {
        let result = try await run("\"$SUDP\" bench -t 0.3 -i 0.1 --bidir --csv -q")
        #expect(result.status == 0 && result.output.hasSuffix("\r\n"))
        let rows = result.output.components(separatedBy: "\r\n").dropLast().map {
            $0.components(separatedBy: ",")
        }
        let header = try #require(rows.first)
        #expect(rows.allSatisfy { $0.count == header.count })
        let records = rows.dropFirst().map { Array($0.prefix(5)) }
        #expect(records.suffix(3).map { $0[0] } == ["phase", "phase", "phase"])
        #expect(records.suffix(3).map { $0[3] } == ["idle", "bidir", "bidir"])
        #expect(records.suffix(3).map { $0[4] } == ["", "download", "upload"])
        #expect(records.dropLast(3).allSatisfy { $0[0] == "interval" && $0[2] == "1" })
        #expect(records.dropLast(3).count >= 4)
    }

    @Test(arguments: [
        ("-t 0.3", ["idle", "download", "upload"], "secure"),
        ("-n 100K --bidir --repeat 2 -i 0.1", ["idle", "bidir"], "secure"),
        ("-n 100K -R --cc reno,bbr --vs-tcp", ["idle", "download"], "reno bbr tcp"),
        ("-n 100K --upload --compare plaintext", ["idle", "upload"], "secure plaintext"),
        (
            "-t 0.3 --handshakes", ["handshakes", "resumed_handshakes", "early_handshakes"],
            "secure"
        ),
        ("--rr 1/1 -t 0.3 --vs-tcp", ["rr"], "secure tcp"),
    ])
    func `metrics have each series once, whatever is measured`(
        options: String, phases: [String], variants: String
    ) async throws {
        let result = try await run("\"$SUDP\" bench \(options) --prometheus -q")
        #expect(result.status == 0 && result.output.hasSuffix("\n"))
        let lines = result.output.split(separator: "\n")
        let pattern =
            /(sudp_bench_\w+)\{server="self"(?:,[a-z]+="[-\w .+,:()]*")*\} [0-9]+(\.[0-9]+)?/
        let series = lines.filter { !$0.hasPrefix("# ") }
        #expect(series.allSatisfy { $0.wholeMatch(of: pattern) != nil })
        #expect(Set(series.compactMap { $0.split(separator: "}").first }).count == series.count)
        func values(_ label: String) throws -> Set<String> {
            let expression = try Regex(",\(label)=\"([^\"]*)\"", as: (Substring, Substring).self)
            return Set(result.output.matches(of: expression).map { String($0.output.1) })
        }
        #expect(try values("phase") == Set(phases))
        #expect(try values("variant") == Set(variants.split(separator: " ").map(String.init)))
        #expect(try values("run") == (options.contains("repeat") ? ["1", "2"] : ["1"]))
        #expect(series.contains("sudp_bench_complete{server=\"self\"} 1"))
    }

    @Test func `an interruption prints what was measured and ends with the signal`() async throws {
        let result = try await run(
            """
            "$SUDP" bench -t 15 --upload --json-stream -i 0.1 -q > out & pid=$!
            until grep -q interval out; do :; done
            kill -INT $pid; wait $pid; echo $?
            """)
        #expect(result.output == "130\n")
        let last = try object(try #require(result.file("out").split(separator: "\n").last))
        #expect(last["event"] as? String == "result" && last["complete"] as? Bool == false)
        let variant = try #require((last["variants"] as? [[String: Any]])?.first)
        #expect((variant["phases"] as? [[String: Any]])?.count == 2)
    }

    @Test func `a result is held against an earlier one`() async throws {
        let result = try await run(
            """
            "$SUDP" bench -n 100K --json -q > base
            sed 's/"bits_per_second":/&9999999/g' base > fast
            "$SUDP" bench -n 100K -q --baseline base --fail-below 0.000001 > /dev/null; echo $?
            "$SUDP" bench -n 100K -q --baseline fast --fail-below 0.5 > /dev/null; echo $?
            """)
        #expect(result.output == "0\n1\n")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("of the baseline, below 0.500"))
    }

    @Test(arguments: [
        ("--baseline missing", 66), ("--baseline .", 66), ("--baseline bad", 65),
        ("--plot missing/p.svg", 73), ("--plot .", 73), ("--file missing", 66), ("--file .", 66),
        ("--to-file missing/new", 73), ("--to-file bad", 73), ("--to-file .", 73),
    ])
    func `files that cannot be used are told before anything is measured`(
        options: String, status: Int32
    ) async throws {
        let result = try await run("echo x > bad; exec \"$SUDP\" bench \(options)")
        #expect(result.status == status && result.output.isEmpty)
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func `a file is uploaded to its end, and the disk has figures of its own`() async throws {
        let result = try await run(
            """
            serve
            head -c 3000001 /dev/urandom > data
            bench --file data -l 64K --json > one; echo $?
            bench --file data > two; echo $?
            mkfifo pipe; bench --file pipe; echo $?
            : > empty; bench --file empty; echo $?
            kill $pid; wait $pid
            """)
        #expect(result.output == "0\n0\n77\n77\n")
        let variant = try #require(
            (try object(result.file("one"))["variants"] as? [[String: Any]])?.first)
        let phase = try #require((variant["phases"] as? [[String: Any]])?.last)
        #expect(phase["name"] as? String == "upload")
        let disk = try #require(phase["disk"] as? [String: Double])
        #expect(disk["bytes"] == 3_000_001 && disk["seconds"] ?? 0 > 0)
        let flow = try #require((phase["flows"] as? [[String: Any]])?.first)
        #expect((3_000_001..<3_000_201).contains(flow["bytes"] as? Int ?? 0))
        #expect(result.file("two").contains("upload: read 3.00 MB from the disk in"))
        #expect(result.errors.contains("it is no regular file"))
        #expect(result.errors.contains("it is empty"))
    }

    @Test func `a download goes to the disk, and nothing of it stays`() async throws {
        let result = try await run(
            """
            serve
            bench --to-file new -n 3000001 --json > one; echo $?
            bench --to-file new -t 0.3 --repeat 2 > two; echo $?
            test -e new; echo $?
            trap '' XFSZ; (ulimit -f 1000; bench --to-file full -n 20M > three; echo $?)
            kill $pid; wait $pid
            """)
        #expect(result.output == "0\n0\n1\n74\n")
        let fields = try object(result.file("one"))
        #expect((fields["plan"] as? [String: Any])?["to_file"] as? String == "new")
        let phases = try #require(
            (fields["variants"] as? [[String: Any]])?.first?["phases"] as? [[String: Any]])
        #expect(phases.compactMap { $0["name"] as? String } == ["idle", "download"])
        let disk = try #require(phases.last?["disk"] as? [String: Double])
        #expect(disk["bytes"] == 3_000_001 && disk["seconds"] ?? 0 > 0)
        #expect(result.file("two").contains("download: wrote "))
        #expect(result.errors.contains("sudp: cannot write full: File too large\n"))
    }

    @Test func `a server keeps its limits`() async throws {
        let result = try await run(
            """
            serve -m 1 --max-time 20 --max-rate 100M --max-bytes 5G
            bench -t 11; echo $?
            bench -n 3G; echo $?
            bench -n 4G --upload --json-stream -i 0.1 > out & busy=$!
            until grep -q interval out; do :; done
            bench -n 1; echo $?
            kill -USR1 $pid
            until grep -q status: serve.err; do :; done
            kill $busy; wait $busy; kill $pid; wait $pid; echo $?
            """)
        #expect(result.output == "69\n69\n69\n143\n")
        #expect(result.errors.contains("a client 20 s"))
        #expect(result.errors.contains("a client 5000000000:"))
        #expect(result.errors.contains("with 1 already"))
        #expect(result.file("serve.err").contains("status: 1 clients"))
    }

    @Test func `a server with a token serves only who has it`() async throws {
        let result = try await run(
            """
            echo open > good; echo opem > bad; head -c 65537 /dev/zero > large
            serve --token-file good
            bench -n 10K --token-file good > /dev/null; echo $?
            bench --rr 1/1 -t 0.1 --token-file bad; echo $?
            bench --rr 1/1 -t 0.1; echo $?
            bench --rr 1/1 -t 0.1 --token-file large; echo $?
            bench --rr 1/1 -t 0.1 --token-file missing; echo $?
            kill $pid; wait $pid
            """)
        #expect(result.output == "0\n77\n77\n77\n66\n")
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.first == "sudp: the token is not the server's")
        #expect(lines.dropFirst().first?.hasSuffix("use --token-file") == true)
        #expect(lines.dropFirst(2).first?.contains("larger than 64 KiB") == true)
    }

    @Test func `something else that answers is told`() async throws {
        let result = try await run(
            "listen 127.0.0.1:0 -q -k -e cat; bench -n 1; echo $?; kill $pid; wait $pid")
        #expect(result.output == "76\n")
        let line = "sudp: no benchmark server for this client: the peer speaks another protocol"
        #expect(result.errors == "\(line)\n")
    }

    @Test func `nobody there is told`() async throws {
        let result = try await run("port=1; bench -n 1")
        #expect(result.status == 69 && result.errors.split(separator: "\n").count == 1)
    }

    @Test func `a reader that goes away ends the measurement`() async throws {
        let result = try await run(
            "{ \"$SUDP\" bench -t 60 -i 0.1 -q; echo $? >&2; } | head -n 1 > /dev/null")
        #expect(result.errors == "141\n")
    }
}
