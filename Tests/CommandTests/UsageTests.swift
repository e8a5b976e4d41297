import Testing

@Suite struct UsageTests {
    private static let zeros = String(repeating: "0", count: 64)

    @Test(arguments: [
        "", "certs", "listn", "listen", "connect", "listen 1 2 3",
        "listen -1", "listen 65536", "listen 99999999999999999999", "listen abc", "listen ''",
        "listen +1", "listen ' 1'", "listen '1 '", "listen 1e3", "listen 0x10", "listen 1.0",
        "connect x -1", "connect x:65536", "connect x:", "connect :1", "connect x 0", "connect 0",
        "connect '' 1", "connect 'a b' 1", "connect a/b 1", "connect ::1:7000",
        "connect '[::1]'", "connect '[::1' 1", "connect sudp://x", "connect sudp://x:1/#pin=1",
        "connect sudp://x:1/#pin=sha256:00", "connect sudp://x:1/#nip",
        "listen sudp://x:1/#pin=sha256:\(zeros)",
        "connect x 1 --wait 0", "connect x 1 --wait -1", "connect x 1 --wait nan",
        "connect x 1 --wait inf", "connect x 1 --wait 1e308", "connect x 1 --wait +1",
        "connect x 1 --wait 9999999999999999999", "connect x 1 --wait ''", "connect x 1 --wait 1.",
        "connect x 1 --wait .5", "connect x 1 -i 0", "listen 0 --dead-peer 0", "connect x 1 -w 0.0",
        "listen 0 --mtu 1199", "listen 0 --mtu 65508", "listen 0 --mtu x",
        "listen 0 -4 -6", "listen 0 -v -q", "listen 0 --recv-only --send-only",
        "listen 0 -e a -c b", "listen 0 -e ' '", "listen 0 -e a --send-only", "listen 0 -m 2",
        "listen 0 -k -m 0", "listen 0 -k -m x", "listen 0 --cert a", "listen 0 --key a",
        "listen 0 --client-ca a --early-data",
        "connect x 1 --early-data --plaintext", "connect x 1 --early-data --recv-only",
        "listen 0 --client-ca a --allow-plaintext", "listen 0 --pin x", "listen 0 --wait 1",
        "connect x 1 -k", "connect x 1 --pin 12", "connect x 1 --ca a --insecure",
        "connect x 1 --plaintext --insecure", "connect x 1 --plaintext --ca a",
        "connect x 1 --plaintext --cert a --key b", "connect x 1 --plaintext --crl a",
        "connect x 1 --insecure --crl a", "listen 0 --crl a",
        "connect x 1 --plaintext --server-name a", "connect x 1 --insecure --server-name a",
        "connect x 1 --server-name ''", "connect x 1 --cert a",
        "certs gen --days 0", "certs gen --days 3651", "certs gen --days 1e2",
        "certs gen --host ''",
        "certs gen --host a..b", "certs gen --host ../x", "certs gen --host -a",
        "certs gen --client a --host b", "certs gen --dir ''",
        "certs sho",
        "chat", "chat x", "chat x --nick 'a b'", "chat x --nick server", "chat 0 --nick a",
        "chat x --nick a --room '#'", "chat x --nick a --history 5", "chat x --nick a -m 5",
        "chat x --nick a --bell loud", "chat x --nick a --time noon", "chat x --nick a -i 5",
        "chat x --nick a --plaintext --insecure", "chat x y z --nick a", "chat a/b --nick a",
        "chat --serve --nick a", "chat --serve --insecure", "chat --serve --once",
        "chat --serve --history -1", "chat --serve --history 10001", "chat --serve -m 0",
        "chat --serve --admin x", "chat --serve --crl a",
        "bench --serve -t 1", "bench --serve --json", "bench --serve --insecure", "bench -m 1",
        "bench --max-rate 1M", "bench -k", "bench --insecure", "bench --cert a --key b",
        "bench -t 1 -n 1", "bench -R --bidir", "bench -R --upload", "bench --handshakes -n 1",
        "bench --rr 1", "bench --rr 1/0", "bench --rr 1/2/3", "bench --rr 1/1048577",
        "bench --rr /",
        "bench --rr 1/1 -R", "bench --rr 1/1 -n 1",
        "bench --rr 1/1 --plot p",
        "bench --file a -t 1", "bench --file a -n 1", "bench --file a -R", "bench --file a -P 2",
        "bench --file a --rr 1/1", "bench --file a --handshakes", "bench --rr 1/1 --cc cubic",
        "bench --serve --file a", "bench --serve --rr 1/1", "bench --handshakes -R",
        "bench --handshakes --vs-tcp", "bench -t 0", "bench -t 86401",
        "bench -n 0", "bench -n 1e3", "bench -n 99999999999999999999", "bench -b 7", "bench -b -1",
        "bench -P 0", "bench -P 65", "bench -i 0.05", "bench -l 2MiB", "bench --repeat 0",
        "bench --compare tcp", "bench --plaintext --compare plaintext", "bench --fail-below 0.9",
        "bench --token-file a", "bench --max-bytes 1", "bench --serve --max-bytes 0",
        "bench --baseline a --fail-below x", "bench --json --json-stream", "bench --json --csv",
        "bench --csv --json-stream", "bench --serve --csv", "bench a b c",
        "bench --prometheus --json", "bench --prometheus --json-stream", "bench --csv --prometheus",
        "bench --serve --prometheus",
        "bench 0", "bench --serve sudp://x:1/#pin=sha256:0",
        "chat --serve --client-ca a --allow-plaintext", "chat --serve sudp://x:1/#pin=sha256:0",
    ])
    func `a command line that cannot be meant ends with 64 and one line`(_ line: String)
        async throws
    {
        let result = try await Shell.run("'\(BuiltProgram.path)' \(line) < /dev/null")
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("sudp: ") && result.errors.hasSuffix("--help'\n"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        "--help", "-h", "help", "listen --help", "connect -h", "certs --help", "certs gen --help",
        "help listen", "--version", "chat --help", "listen 70000 --help",
    ])
    func `help and version are results and need no input`(_ line: String) async throws {
        let result = try await Shell.run("\"$SUDP\" \(line) <&-")
        #expect(result.status == 0)
        #expect(!result.output.isEmpty)
        #expect(result.errors.isEmpty)
    }

    @Test func `what the user typed cannot steer the terminal`() async throws {
        let result = try await Shell.run(
            #""$SUDP" listen "$(printf '1\033]0;x\a\n\342\200\256\377')" < /dev/null"#)
        #expect(result.status == 64)
        #expect(result.errors.contains(#"\x1b]0;x\x07"#))
        #expect(result.errors.contains(#"\u{202e}"#))
        #expect(!result.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test(arguments: ["--help", "--version", "certs gen --dir full"])
    func `a result that cannot be written ends with 74`(_ line: String) async throws {
        let result = try await Shell.run("\"$SUDP\" \(line) > /dev/full")
        #expect(result.status == 74)
        #expect(
            result.errors == "sudp: cannot write standard output: No space left on device\n")
    }
}
