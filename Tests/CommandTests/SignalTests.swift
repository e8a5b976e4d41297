import Testing

@Suite struct SignalTests {
    @Test(arguments: [("INT", 130), ("TERM", 143)])
    func `a signal ends a listener, which dies of it`(name: String, status: Int) async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null
            kill -\(name) $pid; wait $pid; echo $?
            """)
        #expect(result.output == "\(status)\n")
    }

    @Test(arguments: ["connect", "listen"])
    func `the peer of a side that was interrupted hears it`(_ side: String) async throws {
        let result = try await Shell.run(
            """
            mkfifo a b; exec 8<> a 9<> b
            listen 127.0.0.1:0 < a > listen.out
            "$SUDP" connect 127.0.0.1:$port --insecure -q < b > connect.out & client=$!
            echo hello >&8; while [ ! -s connect.out ]; do :; done
            if [ \(side) = connect ]; then kill $client; else kill $pid; fi
            wait $client; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == (side == "connect" ? "143\n65\n" : "65\n143\n"))
        let heard = side == "connect" ? result.file("listen.err") : result.errors
        #expect(heard.contains("peer was interrupted"))
    }

    @Test func `a signal ends a client that still connects`() async throws {
        let result = try await Shell.run(
            """
            mkfifo stuck
            "$SUDP" listen 127.0.0.1:0 --port-file stuck < /dev/null 2> /dev/null & pid=$!
            read -r port < stuck; kill -STOP $pid
            "$SUDP" connect 127.0.0.1:$port --insecure -v < /dev/null 2> err & client=$!
            while [ ! -s err ]; do :; done
            kill $client; wait $client; echo $?
            kill -KILL $pid
            """)
        #expect(result.output == "143\n")
    }

    @Test func `USR1 prints a status line and changes nothing`() async throws {
        let result = try await Shell.run(
            """
            mkfifo input; exec 9<> input
            listen 127.0.0.1:0 < /dev/null > out
            kill -USR1 $pid; while ! grep -q 'status: no connection' listen.err; do :; done
            "$SUDP" connect 127.0.0.1:$port --insecure -q < input & client=$!
            echo hello >&9; while [ ! -s out ]; do :; done
            kill -USR1 $pid; while ! grep -q 'status: peer=' listen.err; do :; done
            kill -USR1 $client
            kill $client; wait $client; wait $pid; cat out
            """)
        #expect(result.output == "hello\n")
        #expect(result.file("listen.err").contains(#/sudp: status: peer=127.* received=6 /#))
    }

    @Test func `HUP makes a listener show its new certificate`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen > /dev/null
            listen 127.0.0.1:0 -k < /dev/null > out
            echo old | "$SUDP" connect 127.0.0.1:$port; echo $?
            rm -r certs; "$SUDP" certs gen > /dev/null
            "$SUDP" connect 127.0.0.1:$port < /dev/null 2> /dev/null; echo $?
            kill -HUP $pid; while ! grep -q 'certificates reloaded' listen.err; do :; done
            echo new | "$SUDP" connect 127.0.0.1:$port; echo $?
            kill $pid; wait $pid; cat out
            """)
        #expect(result.output == "0\n77\n0\nold\nnew\n")
    }
}
