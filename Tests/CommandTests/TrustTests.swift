import Testing

@Suite struct TrustTests {
    @Test func `certificates in the usual places need no flag`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen --dir .config/sudp/certs > /dev/null
            listen 127.0.0.1:0 < /dev/null > out
            echo hello | "$SUDP" connect 127.0.0.1:$port -v; echo $?
            wait $pid; echo $?; cat out
            """)
        #expect(result.output == "0\n0\nhello\n")
        #expect(result.errors.contains("verified=ca"))
        #expect(!result.file("listen.err").contains("made for this run"))
    }

    @Test func `a pin URI that a listener prints is all that a client needs`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null > out
            uri=$(grep -o 'sudp://.*' listen.err)
            echo hello | "$SUDP" connect "$uri" -v; echo $?
            wait $pid; echo $?; cat out
            """)
        #expect(result.output == "0\n0\nhello\n")
        #expect(result.errors.contains("verified=pin"))
    }

    /// Options of `connect` that must be refused, and what the one line must say.
    static let refusals = [
        ("", "no authority, pin or exception says whom to trust", "--pin sha256:"),
        ("--ca other/ca-cert.pem", "no trusted authority issued", "--pin sha256:"),
        ("--ca server/ca-cert.pem --server-name x.example", "not for x.example", "--server-name"),
        (
            "--pin sha256:0000000000000000000000000000000000000000000000000000000000000000",
            "is not the pinned one", "--pin sha256:"
        ),
        ("--plaintext", "plaintext mode is not allowed here", "--allow-plaintext"),
    ]

    @Test(arguments: refusals)
    func `a server that is not trusted is refused before anything leaves`(
        options: String, reason: String, advice: String
    ) async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen --dir server > /dev/null
            "$SUDP" certs gen --dir other > /dev/null
            listen 127.0.0.1:0 --cert server/server-cert.pem --key server/server-key.pem \\
                < /dev/null > out
            echo secret > in
            "$SUDP" connect 127.0.0.1:$port -q \(options) < in; echo $?
            while ! grep -q 'no connection' listen.err; do :; done
            kill $pid; wait $pid; wc -c < out
            """)
        #expect(result.output == "77\n0\n")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains(reason) && result.errors.contains(advice))
    }

    @Test func `the flag that the refusal names is the one that works`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -k < /dev/null > out
            "$SUDP" connect 127.0.0.1:$port < /dev/null 2> refusal; echo $?
            flag=$(grep -o -e '--pin sha256:[0-9a-f]*' refusal)
            echo hello | "$SUDP" connect 127.0.0.1:$port $flag; echo $?
            kill $pid; wait $pid; cat out
            """)
        #expect(result.output == "77\n0\nhello\n")
    }

    @Test func `an expired certificate is refused`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen > /dev/null
            openssl req -new -key certs/server-key.pem -subj /CN=localhost -out request 2> /dev/null
            echo subjectAltName=IP:127.0.0.1 > extensions
            openssl x509 -req -in request -CA certs/ca-cert.pem -CAkey certs/ca-key.pem \\
                -CAcreateserial -days -1 -extfile extensions -out expired.pem 2> /dev/null
            listen 127.0.0.1:0 --cert expired.pem --key certs/server-key.pem < /dev/null
            "$SUDP" connect 127.0.0.1:$port < /dev/null; echo $?
            kill $pid
            """)
        #expect(result.output == "77\n")
        #expect(result.errors.contains("has expired"))
    }

    @Test func `a revoked certificate is refused by the list that names it`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen > /dev/null
            printf '[ca]\\ndatabase=index\\ndefault_md=sha256\\ndefault_crl_days=1\\n' > config
            ca() { openssl ca -config config -name ca -cert certs/ca-cert.pem \\
                -keyfile certs/ca-key.pem "$@" 2> /dev/null; }
            : > index; ca -gencrl -out before.pem
            ca -revoke certs/server-cert.pem; ca -gencrl -out after.pem
            listen 127.0.0.1:0 -k < /dev/null > /dev/null
            for list in before after; do
                "$SUDP" connect 127.0.0.1:$port --crl $list.pem < /dev/null; echo $?
            done
            kill $pid
            """)
        #expect(result.output == "0\n77\n")
        #expect(result.errors.contains("is revoked"))
    }

    @Test func `the key log is for its owner only`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null > /dev/null
            SSLKEYLOGFILE=keys "$SUDP" connect 127.0.0.1:$port --insecure -q < /dev/null; echo $?
            grep -o '^[A-Z_0-9]*' keys | sort; stat -c '%a' keys
            """)
        #expect(result.output.contains("CLIENT_TRAFFIC_SECRET_0\n"))
        #expect(result.output.hasSuffix("600\n"))
    }

    @Test func `--insecure encrypts and warns`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 < /dev/null > out
            echo hello | "$SUDP" connect 127.0.0.1:$port --insecure; echo $?
            wait $pid; cat out
            """)
        #expect(result.output == "0\nhello\n")
        #expect(result.errors.hasPrefix("sudp: --insecure: "))
    }

    @Test(arguments: [
        ("", 77), ("--cert other/client-cert.pem --key other/client-key.pem", 77),
        ("--cert certs/client-cert.pem --key certs/client-key.pem", 0),
    ])
    func `a listener that demands client certificates takes only those`(
        options: String, status: Int
    ) async throws {
        let result = try await Shell.run(
            """
            for dir in certs other; do
                "$SUDP" certs gen --dir $dir > /dev/null
                "$SUDP" certs gen --dir $dir --client me > /dev/null
            done
            listen 127.0.0.1:0 --client-ca certs/ca-cert.pem < /dev/null > out
            echo hello > in
            "$SUDP" connect 127.0.0.1:$port \(options) < in; echo $?
            kill $pid; wait $pid; cat out
            """)
        #expect(result.output == (status == 0 ? "0\nhello\n" : "77\n"))
    }

    @Test func `a key that does not fit its certificate is told before listening`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen --dir a > /dev/null; "$SUDP" certs gen --dir b > /dev/null
            "$SUDP" listen 0 --cert a/server-cert.pem --key b/server-key.pem; echo $?
            "$SUDP" listen 0 --cert a/server-cert.pem --key missing.pem; echo $?
            cp a/ca-cert.pem key; chmod 600 key
            "$SUDP" listen 0 --cert a/server-cert.pem --key key; echo $?
            """)
        #expect(result.output == "77\n66\n77\n")
        #expect(result.errors.split(separator: "\n").count == 3)
    }

    @Test func `a key that others can read is pointed at`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen > /dev/null; chmod 644 certs/server-key.pem
            listen 127.0.0.1:0 < /dev/null; kill $pid
            """)
        #expect(result.file("listen.err").contains("can be read by others"))
    }
}
