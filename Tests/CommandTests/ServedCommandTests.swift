import Testing

@Suite struct ServedCommandTests {
    @Test func `a filter gets the whole input and gives its whole output`() async throws {
        let result = try await Shell.run(
            """
            seq 1 200000 | shuf > in; sort in > expected
            listen 127.0.0.1:0 -e sort < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure < in > out; echo $?
            wait $pid; echo $?
            cmp expected out && echo same
            """)
        #expect(result.output == "0\n0\nsame\n")
    }

    @Test(arguments: ["--insecure", "--plaintext"])
    func `an echo of more than all buffers hold arrives whole`(_ mode: String) async throws {
        let result = try await Shell.run(
            """
            head -c 33554432 /dev/urandom > in
            listen 127.0.0.1:0 --allow-plaintext -e cat < /dev/null
            "$SUDP" connect 127.0.0.1:$port \(mode) < in > out; echo $?
            wait $pid; echo $?
            cmp in out && echo same
            """)
        #expect(result.output == "0\n0\nsame\n")
    }

    @Test func `words are split on blanks and no shell is asked`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -e '  printf  %s|  $HOME  a;b ' < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure < /dev/null; echo; echo $?
            """)
        #expect(result.output == "$HOME|a;b|\n0\n")
    }

    @Test func `a command knows its peer`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen > /dev/null; "$SUDP" certs gen --client me > /dev/null
            line='echo $SUDP_MODE ${SUDP_PEER_ADDRESS%:*} ${SUDP_PEER_PIN-none}'
            listen 127.0.0.1:0 --client-ca certs/ca-cert.pem -c "$line" < /dev/null
            "$SUDP" connect 127.0.0.1:$port --cert certs/client-cert.pem \\
                --key certs/client-key.pem < /dev/null
            openssl x509 -in certs/client-cert.pem -noout -pubkey \\
                | openssl pkey -pubin -outform DER | sha256sum
            listen 127.0.0.1:0 --allow-plaintext -c "$line" < /dev/null
            "$SUDP" connect 127.0.0.1:$port --plaintext < /dev/null
            """)
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == 3)
        let pin = lines[1].prefix { $0 != " " }
        #expect(lines[0] == "secure 127.0.0.1 sha256:\(pin)")
        #expect(lines[2] == "plaintext 127.0.0.1 none")
    }

    @Test func `a command that closes its input may still write`() async throws {
        let result = try await Shell.run(
            """
            mkfifo go
            listen 127.0.0.1:0 -c 'exec <&-; read x < go; echo bye' < /dev/null
            head -c 30000000 /dev/zero > in
            "$SUDP" connect 127.0.0.1:$port --insecure -q < in > out & client=$!
            echo > go
            wait $client; echo $?
            wait $pid; echo $?; cat out
            """)
        #expect(result.output == "65\n0\nbye\n")
        #expect(result.errors.contains(/^sudp: peer closed its output after \d+ bytes\n$/))
    }

    @Test func `a command that was killed is not taken for complete`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -c 'echo part; kill -9 $$' < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure -q < /dev/null; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "part\n65\n1\n")
        #expect(result.errors.contains("peer's command failed"))
        #expect(result.file("listen.err").contains("the command was killed by signal 9\n"))
    }

    @Test func `a command that is not there is told`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -e /nonexistent/program < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure -q < /dev/null; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "65\n66\n")
        #expect(
            result.file("listen.err").hasSuffix(
                "sudp: cannot run /nonexistent/program: not found or not executable\n"))
    }

    @Test func `a command does not outlive a connection that failed`() async throws {
        let result = try await Shell.run(
            """
            mkfifo idle; exec 9<> idle
            listen 127.0.0.1:0 -c 'trap "echo ended > ended" TERM; echo up; read x <> idle' \\
                < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure -q < idle > out & client=$!
            while [ ! -s out ]; do :; done
            kill $client; wait $client; echo $?
            wait $pid; echo $?; cat ended
            """)
        #expect(result.output == "143\n65\nended\n")
    }

    @Test func `connections are served at once, and those beyond the limit refused`() async throws {
        let result = try await Shell.run(
            """
            mkfifo a b; exec 8<> a 9<> b
            listen 127.0.0.1:0 -k -m 2 -e cat < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure -q < a > a.out & first=$!
            "$SUDP" connect 127.0.0.1:$port --insecure -q < b > b.out & second=$!
            echo a >&8; echo b >&9
            while [ ! -s a.out ] || [ ! -s b.out ]; do :; done
            "$SUDP" connect 127.0.0.1:$port --insecure -q < /dev/null; echo $?
            kill $first $second; wait $first; wait $second
            cat a.out b.out
            kill $pid; wait $pid; echo $?
            """)
        #expect(result.output == "69\na\nb\n143\n")
        #expect(result.errors.contains("takes no more connections"))
    }

    @Test func `a command whose output nobody wants is not disturbed`() async throws {
        let result = try await Shell.run(
            """
            head -c 3000000 /dev/urandom > in
            listen 127.0.0.1:0 -e 'tee log' < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure -q --send-only < in; echo $?
            cmp in log && echo same
            wait $pid; echo $?
            """)
        #expect(result.output == "0\nsame\n0\n")
    }
}
