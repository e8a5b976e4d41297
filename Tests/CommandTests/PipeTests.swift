import Testing

@Suite struct PipeTests {
    @Test(arguments: ["127.0.0.1", "[::1]"], ["--insecure", "--plaintext"])
    func `a stream arrives whole and both sides end well`(host: String, mode: String) async throws {
        let result = try await Shell.run(
            """
            head -c 8388608 /dev/urandom > in
            listen '\(host):0' --allow-plaintext < /dev/null > out
            "$SUDP" connect "\(host):$port" \(mode) < in > back; echo $?
            wait $pid; echo $?
            cmp in out && echo same; wc -c < back
            """)
        #expect(result.output == "0\n0\nsame\n0\n")
    }

    @Test(arguments: ["--insecure", "--plaintext"])
    func `both directions carry data at once`(_ mode: String) async throws {
        let result = try await Shell.run(
            """
            head -c 4194304 /dev/urandom > up; head -c 4194305 /dev/urandom > down
            listen 127.0.0.1:0 --allow-plaintext < down > up.copy
            "$SUDP" connect 127.0.0.1 $port \(mode) < up > down.copy; echo $?
            wait $pid; echo $?
            cmp up up.copy && cmp down down.copy && echo same
            """)
        #expect(result.output == "0\n0\nsame\n")
    }

    @Test(arguments: [0, 1, 262_143, 262_144, 262_145])
    func `streams of any length arrive`(_ count: Int) async throws {
        let result = try await Shell.run(
            """
            head -c \(count) /dev/urandom > in
            listen 127.0.0.1:0 < in > out
            "$SUDP" connect 127.0.0.1:$port --insecure < in > back; echo $?
            wait $pid; echo $?
            cmp in out && cmp in back && echo same
            """)
        #expect(result.output == "0\n0\nsame\n")
    }

    @Test func `a port alone means this machine, with and without a host name`() async throws {
        let result = try await Shell.run(
            """
            for address in '' 'localhost '; do
                listen 0 < /dev/null > out
                echo hello | "$SUDP" connect $address$port --insecure; echo $?
                wait $pid; echo $?; cat out
            done
            """)
        #expect(result.output == "0\n0\nhello\n0\n0\nhello\n")
    }

    @Test(arguments: ["<&-", "< /dev/null"])
    func `an input that is closed or empty is an empty stream`(_ input: String) async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null > out
            "$SUDP" connect 127.0.0.1:$port --insecure -q \(input); echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "0\n0\n")
    }

    @Test func `an input that cannot be read ends both sides`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /
            "$SUDP" connect 127.0.0.1:$port --insecure -q < /dev/null; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "65\n74\n")
        #expect(
            result.file("listen.err").hasSuffix("cannot read standard input: Is a directory\n"))
        #expect(result.errors.hasPrefix("sudp: peer could not read its input"))
    }

    @Test(arguments: [
        ("> /dev/full", "No space left on device"), (">&-", "Bad file descriptor"),
    ])
    func `output that cannot be written ends both sides`(
        redirection: String, reason: String
    ) async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null \(redirection)
            head -c 3000000 /dev/zero 2> /dev/null | \\
                "$SUDP" connect 127.0.0.1:$port --insecure -q; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "65\n74\n")
        #expect(
            result.file("listen.err").hasSuffix("cannot write standard output: \(reason)\n"))
        #expect(result.errors.contains("peer could not write its output (\(reason))"))
    }

    @Test func `nothing to write is no error for an output that is closed`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null >&-
            "$SUDP" connect 127.0.0.1:$port --insecure < /dev/null; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "0\n0\n")
    }

    @Test func `a reader that goes away ends the writer by SIGPIPE and tells its peer`()
        async throws
    {
        let result = try await Shell.run(
            """
            mkfifo stream
            head -c 5 stream > /dev/null & reader=$!
            listen 127.0.0.1:0 < /dev/null > stream
            head -c 30000000 /dev/zero 2> /dev/null | \\
                "$SUDP" connect 127.0.0.1:$port --insecure -q; echo $?
            wait $reader; wait $pid; echo $?
            """)
        #expect(result.output == "65\n141\n")
        #expect(result.errors.contains(/^sudp: peer closed its output after \d+ bytes\n$/))
        #expect(!result.file("listen.err").contains("output"))
    }

    @Test(arguments: ["connect", "listen"])
    func `nobody has to press a key when the peer has finished`(_ side: String) async throws {
        let result = try await Shell.run(
            """
            mkfifo port.fifo idle; exec 9<> idle
            on_terminal() { script -qec "\"$SUDP\" $1" /dev/null < idle > terminal; }
            echo hello > in
            if [ \(side) = listen ]; then
                on_terminal 'listen 127.0.0.1:0 --port-file port.fifo -q' & pid=$!
                read -r port < port.fifo
                "$SUDP" connect 127.0.0.1:$port --insecure -q < in; echo $?
                wait $pid; echo $?
            else
                listen_here() { "$SUDP" listen 127.0.0.1:0 --port-file port.fifo -q < in; }
                listen_here & pid=$!
                read -r port < port.fifo
                on_terminal "connect 127.0.0.1:$port --insecure -q"; echo $?
                wait $pid; echo $?
            fi
            tr -d '\\r' < terminal
            """)
        #expect(result.output == "0\n0\nhello\n")
    }

    @Test func `a peer that only sends wants nothing and ends the other's idle input`() async throws
    {
        let result = try await Shell.run(
            """
            mkfifo idle; exec 9<> idle
            listen 127.0.0.1:0 < idle > out
            echo hello | "$SUDP" connect 127.0.0.1:$port --insecure --send-only; echo $?
            wait $pid; echo $?; cat out
            """)
        #expect(result.output == "0\n0\nhello\n")
    }

    @Test func `a peer that only sends makes it known that data was lost`() async throws {
        let result = try await Shell.run(
            """
            echo unwanted > in; mkfifo words
            listen 127.0.0.1:0 < in > out
            "$SUDP" connect 127.0.0.1:$port --insecure --send-only < words & client=$!
            exec 9> words; echo hello >&9
            until grep -q '^pos:.*9$' /proc/$pid/fdinfo/0; do :; done
            exec 9>&-; wait $client; echo $?
            wait $pid; echo $?; cat out
            """)
        #expect(result.output == "0\n65\nhello\n")
        #expect(result.file("listen.err").contains("peer wants no data"))
    }

    @Test func `a side that only receives never reads its input`() async throws {
        let result = try await Shell.run(
            """
            mkfifo idle; exec 9<> idle
            echo hello > in
            listen 127.0.0.1:0 < in
            "$SUDP" connect 127.0.0.1:$port --insecure --recv-only < idle; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "hello\n0\n0\n")
    }

    @Test func `an idle connection ends with 75 on the side that asked for it`() async throws {
        let result = try await Shell.run(
            """
            mkfifo idle; exec 9<> idle
            listen 127.0.0.1:0 < /dev/null > out
            "$SUDP" connect 127.0.0.1:$port --insecure -q -i 0.2 < idle; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "75\n65\n")
        #expect(
            result.errors == "sudp: no byte moved for 0.2 s: gave up (--idle-timeout)\n")
    }

    @Test func `a slow reader is not idle`() async throws {
        let result = try await Shell.run(
            """
            head -c 3000000 /dev/zero > in
            mkfifo slow
            (sleep 4; cat > out) < slow & reader=$!
            listen 127.0.0.1:0 -i 2 < /dev/null > slow
            "$SUDP" connect 127.0.0.1:$port --insecure -q -i 2 < in; echo $?
            wait $pid; echo $?
            wait $reader; cmp in out && echo same
            """)
        #expect(result.output == "0\n0\nsame\n")
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `nobody listening is told within the time allowed`(_ host: String) async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null; kill $pid; wait $pid
            "$SUDP" connect \(host) $port --insecure -q -w 8 < /dev/null; echo $?
            """)
        #expect(result.output == "69\n" || result.output == "75\n")
        #expect(result.errors.contains("sudp: connect to "))
    }

    @Test func `a name that nobody knows is told`() async throws {
        let result = try await Shell.run(
            #""$SUDP" connect no.such.name.invalid 1 --insecure -q -w 8 < /dev/null"#)
        #expect(result.status == 69)
        #expect(result.errors.hasPrefix("sudp: no.such.name.invalid: "))
    }

    @Test func `a port in use is told`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null
            "$SUDP" listen 127.0.0.1:$port < /dev/null; echo $?
            kill $pid
            """)
        #expect(result.output == "74\n")
        #expect(result.errors.contains("Address already in use"))
    }
}
