import Testing

/// Senders that have a directory of their own.
@Suite struct PerClientTests {
    @Test func `files go below the address, and a sender goes on there`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 3000000 /dev/urandom > f; mkdir d; echo g > d/g
            recv 127.0.0.1:0 --dir inbox --per-client --json --checksum-file sums > events
            send d -n; ls -A inbox
            send f --limit-rate 2M & sender=$!
            part=inbox/127.0.0.1/.received_f.sudp-part
            while [ ! -s $part ]; do :; done
            kill -9 $sender; wait $sender
            send f d --limit-rate 8M; echo $?; ls -A inbox inbox/127.0.0.1
            kill $pid; wait $pid; cmp f inbox/127.0.0.1/received_f; sha256sum -c --quiet sums
            grep -o '"path":"[^"]*"' events | sort -u
            """)
        #expect(
            result.output == """
                d/g: 2 bytes, create
                d: directory
                0\ninbox:\n127.0.0.1\n\ninbox/127.0.0.1:\nreceived_d\nreceived_f
                "path":"127.0.0.1/received_d"
                "path":"127.0.0.1/received_d/g"
                "path":"127.0.0.1/received_f"\n
                """)
    }

    @Test func `certificates keep senders of one address apart`() async throws {
        let result = try await TransferShell.run(
            """
            "$SUDP" certs gen --dir c --host 127.0.0.1 > /dev/null 2>&1
            "$SUDP" certs gen --dir c --client ann > /dev/null 2>&1
            mkdir ann; mv c/client-*.pem ann
            "$SUDP" certs gen --dir c --client 'bob smith' > /dev/null 2>&1
            recv 127.0.0.1:0 --dir inbox --per-client --client-ca c/ca-cert.pem
            echo ann > f; send f --cert ann/client-cert.pem --key ann/client-key.pem & first=$!
            mkdir other; echo bob > other/f
            send other/f --cert c/client-cert.pem --key c/client-key.pem; echo $?
            wait $first; echo $?; kill $pid
            find inbox -type f | sort; cat inbox/*/*
            """)
        #expect(
            result.output == """
                0\n0\ninbox/ann/received_f\ninbox/bob%20smith/received_f\nann\nbob\n
                """)
    }

    @Test(arguments: ["ln -s .. inbox/127.0.0.1", "echo > inbox/127.0.0.1"])
    func `what is in the way of a sender's directory is not followed`(
        preparation: String
    ) async throws {
        let result = try await TransferShell.run(
            """
            \(preparation); echo f > f
            recv 127.0.0.1:0 --dir inbox --per-client --once -q
            send f; echo $?; wait $pid; echo $?; ls -A; ls -A inbox
            """)
        #expect(result.output.hasPrefix("73\n73\nf\ninbox\n"))
        #expect(result.output.hasSuffix("\n127.0.0.1\n"))
    }

    @Test func `standard output has no directories`() async throws {
        let result = try await TransferShell.run(
            "\"$SUDP\" recv 127.0.0.1:0 -o - --per-client; echo $?")
        #expect(result.output == "64\n")
    }
}
