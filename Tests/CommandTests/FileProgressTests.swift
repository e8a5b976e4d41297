import Foundation
import Testing

@Suite struct FileProgressTests {
    @Test(arguments: [40, 80, 200])
    func `at a terminal the path is asked for and the bar fits`(columns: Int) async throws {
        let result = try await TransferShell.run(
            """
            head -c 3000000 /dev/urandom > f
            recv 127.0.0.1:0 --dir inbox --once -q
            echo f | script -qec "stty cols \(columns); TERM=xterm '$SUDP' send 127.0.0.1:$port \\
                --insecure --limit-rate 3M" typescript > shown
            wait $pid; echo $?; cmp f inbox/received_f
            """)
        #expect(result.output == "0\n")
        let screen = result.file("typescript")
        #expect(screen.contains("File to send: "))
        let bars = screen.components(separatedBy: "\r\u{1b}[K").filter { $0.contains("MB/s") }
        #expect(bars.contains { $0.contains(#/\d+% .*\d MB/s ETA \d:\d\d file 1/1/#) })
        for bar in bars {
            #expect(bar.count < columns)
            #expect(bar.contains("[") == (columns > 40))
        }
        let end = try #require(screen.components(separatedBy: "\r\u{1b}[K").last)
        #expect(!end.contains("MB/s"))
    }

    @Test func `USR1 tells both sides how far it is`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 3000000 /dev/urandom > f
            recv 127.0.0.1:0 --dir inbox --once -q
            kill -USR1 $pid; while ! grep -q 'status: waiting for senders' recv.err; do :; done
            "$SUDP" send f 127.0.0.1:$port --insecure -q --limit-rate 1M 2> send.err & sender=$!
            begun f; kill -USR1 $pid; kill -USR1 $sender
            wait $sender; echo $?; wait $pid; echo $?
            """)
        #expect(result.output == "0\n0\n")
        for file in ["send.err", "recv.err"] {
            #expect(
                result.file(file).firstMatch(
                    of: #/sudp: status: \d+ of 3000000 bytes, file 1 of 1, .*\n/#) != nil)
        }
    }

    @Test func `what is asked for goes to standard output and messages do not`() async throws {
        let result = try await TransferShell.run(
            """
            echo one > f; cp f inbox/received_g; cp f g
            recv 127.0.0.1:0 --dir inbox --json -q > received
            send f g missing --json > sent; echo $?
            send f --json > /dev/full; echo $?
            kill $pid; wait $pid; cut -d , -f 1 sent | sort; grep -c '"event":"stored"' received
            recv 127.0.0.1:0 -o - --json --once > copy; send f; wait $pid; cmp f copy
            """)
        #expect(
            result.output == """
                23
                74
                {"event":"failed"
                {"event":"failed"
                {"event":"stored"
                {"event":"summary"
                2

                """)
        #expect(!result.errors.contains("{") && result.file("recv.err").contains("{"))
    }

    @Test func `a dry run says what would be done, and never that it was`() async throws {
        let result = try await TransferShell.run(
            """
            echo one > f; echo other > inbox/received_f
            recv 127.0.0.1:0 --dir inbox --rename > received
            send -n f; echo $?; send -n f --json | grep -v summary; kill $pid; wait $pid
            recv 127.0.0.1:0 --dir inbox --json --once -q > received
            send -n f; wait $pid; grep -c '"event":"failed"' received; ls -A inbox
            """)
        #expect(
            result.output == """
                f: 4 bytes, create as received_f.1
                0
                {"event":"planned","path":"f","size":4,"note":"create as received_f.1"}
                1
                received_f

                """)
    }

    @Test func `an interrupted sender says so once, and the same command goes on`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 5000000 /dev/urandom > f
            recv 127.0.0.1:0 --dir inbox -q
            "$SUDP" send f 127.0.0.1:$port --insecure -q --limit-rate 2M & sender=$!
            begun f; kill -INT $sender; wait $sender; echo $?
            ls -A inbox
            "$SUDP" send f 127.0.0.1:$port --insecure -q --json > summary; echo $?
            cmp f inbox/received_f; kill $pid; wait $pid
            """)
        #expect(result.output == "130\n.received_f.sudp-part\n0\n")
        #expect(result.errors == "sudp: interrupted; run it again to go on from there\n")
        let sent = result.file("summary").firstMatch(of: #/"sent":(\d+)/#).flatMap { Int($0.1) }
        #expect(try #require(sent) < 4_000_000)
    }

    @Test func `a stream of tar comes out as it went in`() async throws {
        let result = try await TransferShell.run(
            """
            mkdir -p d/e out; echo one > d/one; head -c 2000000 /dev/urandom > d/e/two
            mkfifo stream; tar x -C out < stream & reader=$!
            recv 127.0.0.1:0 -o - -q > stream
            tar c d | send -; echo $?; wait $pid; echo $?; wait $reader; echo $?
            diff -r d out/d
            """)
        #expect(result.output == "0\n0\n0\n")
    }
}
