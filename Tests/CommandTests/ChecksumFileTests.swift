import Testing

/// The lists that `sha256sum -c` reads.
@Suite struct ChecksumFileTests {
    @Test func `both sides list what they have, as sha256sum does`() async throws {
        let result = try await TransferShell.run(
            #"""
            mkdir -p d/e; echo one > one; head -c 3000000 /dev/urandom > d/big; : > d/empty
            truncate -s 5M d/e/holes; echo end >> d/e/holes; echo n > 'd/new
            line\back'; echo r > "$(printf 'd/a\rb')"; ln -s big d/link
            recv 127.0.0.1:0 --dir inbox --once --checksum-file sums
            send one d --checksum-file sent; echo $?; wait $pid; echo $?
            sha256sum -c --quiet sums sent && wc -l < sums
            for list in sums sent; do sort $list > $list.sorted; done
            find inbox -type f -exec sha256sum {} + | sort | cmp - sums.sorted
            find one d -type f -exec sha256sum {} + | sort | cmp - sent.sorted
            """#)
        #expect(result.output == "0\n0\n6\n")
        #expect(result.errors.isEmpty)
    }

    @Test(arguments: ["0", "700000", "1048576", "2500000"])
    func `a file that was begun before is listed as a whole`(begun: String) async throws {
        let result = try await TransferShell.run(
            """
            head -c 2500000 /dev/urandom > f; head -c \(begun) f > inbox/.received_f.sudp-part
            recv 127.0.0.1:0 --dir inbox --once --checksum-file sums
            send f --checksum-file sent; echo $?; wait $pid; echo $?
            sha256sum -c --quiet sums sent && wc -l < sums; cmp f inbox/received_f
            """)
        #expect(result.output == "0\n0\n1\n")
        #expect(result.errors.isEmpty)
    }

    @Test func `files are listed under the names that they got`() async throws {
        let result = try await TransferShell.run(
            """
            echo small > s; head -c 2500000 /dev/urandom > same; cp same large
            for i in 1 2; do
                recv 127.0.0.1:0 --once --rename --keep-names --dir inbox --checksum-file sums
                send s same large -q --checksum-file sent; echo $?; wait $pid; echo $?
                sha256sum -c --quiet sums sent && cut -c 67- sums | sort
                echo changed > s; printf x | dd of=large bs=1 seek=2400000 conv=notrunc 2> dd.err
            done
            """)
        #expect(
            result.output == """
                0\n0\ninbox/large\ninbox/s\ninbox/same
                0\n0\ninbox/large.1\ninbox/s.1\ninbox/same\n
                """)
        #expect(result.errors.isEmpty)
    }

    @Test func `a stream is listed as sha256sum lists its standard input`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 2500000 /dev/urandom > stream
            recv 127.0.0.1:0 -o - --checksum-file sums > copy
            cat stream | send - --checksum-file sent; echo $?; wait $pid; echo $?
            sha256sum < stream | cmp - sums; cmp sums sent; sha256sum -c --quiet sums < copy
            """)
        #expect(result.output == "0\n0\n")
        #expect(result.errors.isEmpty)
    }

    @Test func `what is not stored is not listed`() async throws {
        let result = try await TransferShell.run(
            """
            echo one > one; echo two > two; echo three > three
            echo other > inbox/received_one; echo stale > sums
            recv 127.0.0.1:0 --dir inbox --checksum-file sums
            send one two --checksum-file sent; echo $?; cut -c 67- sent
            send three; kill $pid; wait $pid; cut -c 67- sums; ls | grep sums
            """)
        #expect(
            result.output == """
                23\ntwo\ninbox/received_two\ninbox/received_three\nsums\n
                """)
    }

    @Test(arguments: ["nowhere/sums", "inbox", "''"])
    func `a list that cannot be written is told before anything happens`(
        path: String
    ) async throws {
        let result = try await TransferShell.run(
            """
            echo f > f; port=1
            "$SUDP" recv 127.0.0.1:0 -q --once --checksum-file \(path); echo $?
            send f --checksum-file \(path); echo $?
            """)
        #expect(result.output == "73\n73\n")
        #expect(result.errors.split(separator: "\n").count == 2)
    }

    @Test func `a list that cannot be written in the end is an error`() async throws {
        let result = try await TransferShell.run(
            """
            echo f > f; mkdir lists
            recv 127.0.0.1:0 -q --once --dir inbox --checksum-file /dev/full
            send f --checksum-file /dev/full; echo $?; wait $pid; echo $?; cat inbox/received_f
            """)
        #expect(result.output == "73\n73\nf\n")
        for errors in [result.errors, result.file("recv.err")] {
            #expect(errors == "sudp: cannot write /dev/full: No space left on device\n")
        }
    }
}
