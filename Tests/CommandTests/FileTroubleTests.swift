import Testing

/// What disks, sources and other senders do while a file is on its way.
@Suite struct FileTroubleTests {
    /// One line for each side, and no file.
    private func expectFailure(_ status: Int, of path: String, in result: Shell.Result) {
        #expect(result.output == "\(status)\n\(status)\n")
        for errors in [result.errors, result.file("recv.err")] {
            #expect(errors.split(separator: "\n").count == 1)
            #expect(errors.contains(path))
        }
    }

    @Test(arguments: [
        "truncate -s 1000000 f", "echo more >> f", "cp f g; mv g f",
        "touch -r f g; printf x | dd of=f conv=notrunc 2> dd.err; touch -r g f",
    ])
    func `a source that changes while it is sent gives no file`(change: String) async throws {
        let result = try await TransferShell.run(
            """
            head -c 3000000 /dev/urandom > f
            recv 127.0.0.1:0 --dir inbox --once -q
            send f --limit-rate 2M & sender=$!
            begun f; \(change)
            wait $sender; echo $?; wait $pid; echo $?
            [ ! -e inbox/received_f ] || echo final
            """)
        expectFailure(65, of: "f: it changed", in: result)
    }

    @Test func `a source that is removed while it is sent arrives`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 3000000 /dev/urandom > f; cp f copy
            recv 127.0.0.1:0 --dir inbox --once -q
            send f --limit-rate 2M & sender=$!
            begun f; rm f
            wait $sender; echo $?; wait $pid; echo $?; cmp copy inbox/received_f
            """)
        #expect(result.output == "0\n0\n")
    }

    @Test func `a source that vanishes before its turn fails alone`() async throws {
        let result = try await TransferShell.run(
            """
            for i in 1 2 3 4 5 6 7 8 9; do head -c 1100000 /dev/urandom > a$i; done; echo z > z
            recv 127.0.0.1:0 --dir inbox --once -q
            send a1 a2 a3 a4 a5 a6 a7 a8 a9 z --limit-rate 4M & sender=$!
            begun a1; rm z
            wait $sender; echo $?; wait $pid; echo $?
            for i in 1 2 3 4 5 6 7 8 9; do cmp a$i inbox/received_a$i; done
            [ ! -e inbox/received_z ] || echo final
            """)
        expectFailure(23, of: "z: is not there", in: result)
    }

    @Test func `a standard input that is closed or cannot be read gives no file`() async throws {
        let result = try await TransferShell.run(
            """
            recv 127.0.0.1:0 --dir inbox -q
            send - <&-; echo $?; send - < .; echo $?; send - < /dev/null; echo $?
            kill $pid; wait $pid; ls -A inbox
            """)
        #expect(result.output == "74\n66\n0\nreceived_stdin\n")
        #expect(result.errors.contains("standard input"))
    }

    @Test func `a closed port is told as such however short the wait`() async throws {
        let result = try await TransferShell.run(
            """
            echo f > f; recv 127.0.0.1:0 -q; kill $pid; wait $pid
            send f -w 1; echo $?
            """)
        #expect(result.output == "69\n")
        #expect(result.errors.contains("nobody listens there"))
    }

    @Test func `a name that is not UTF-8 is told, escaped`() async throws {
        let result = try await TransferShell.run(
            #"""
            mkdir d; echo f > d/f; echo g > "$(printf 'd/a\377b\nc')" || { echo cannot; exit; }
            recv 127.0.0.1:0 --dir inbox --once -q; send d; echo $?; wait $pid
            ls inbox/received_d
            """#)
        if result.output != "cannot\n" {
            #expect(result.output == "23\nf\n")
            let line = #"d/a\xffb\x0ac: its name is not valid UTF-8"#
            #expect(result.errors == "sudp: 1 of 3 failed, the first: \(line)\n")
        }
    }

    @Test func `a directory that cannot be used is told once, not for each of its files`()
        async throws
    {
        let result = try await TransferShell.run(
            """
            mkdir -p d/e; for i in 1 2 3 4 5; do echo $i > d/e/$i; done; echo f > d/f
            mkdir inbox/received_d; echo file > inbox/received_d/e
            recv 127.0.0.1:0 --dir inbox -q; send d; echo $?
            kill $pid; wait $pid; cat inbox/received_d/f
            """)
        #expect(result.output == "23\nf\n")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("6 of 8 failed, the first: d/e: cannot enter"))
        #expect(result.file("recv.err").split(separator: "\n").count == 1)
    }

    @Test func `a source that may not be read is told`() async throws {
        let result = try await TransferShell.run(
            """
            echo f > f; chmod 0 f
            recv 127.0.0.1:0 --dir inbox --once -q
            unprivileged
            send f; echo $?; wait $pid; echo $?; ls -A inbox
            """)
        if result.output != "cannot\n" { expectFailure(66, of: "f: cannot read it", in: result) }
    }

    @Test func `a directory that may not be written is told`() async throws {
        let result = try await TransferShell.run(
            """
            echo f > f; chmod 555 inbox
            unprivileged
            recv 127.0.0.1:0 --dir inbox --once -q
            send f; echo $?; wait $pid; echo $?; ls -A inbox
            """)
        if result.output != "cannot\n" { expectFailure(73, of: "inbox/received_f", in: result) }
    }

    @Test func `a disk that fills up in the middle of a file is told`() async throws {
        let result = try await TransferShell.run(
            """
            mount -t tmpfs -o size=4m tmpfs inbox 2> mount.err || { echo cannot; exit; }
            trap 'umount inbox' EXIT
            head -c 3000000 /dev/urandom > f
            recv 127.0.0.1:0 --dir inbox --once -q
            send f --limit-rate 2M & sender=$!
            begun f; head -c 3000000 /dev/zero > inbox/other 2> other.err
            wait $sender; echo $?; wait $pid; echo $?
            [ ! -e inbox/received_f ] || echo final
            """)
        if result.output != "cannot\n" { expectFailure(73, of: "inbox/received_f", in: result) }
    }

    @Test func `a limit on the size of files is told and ends no receiver`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 3000000 /dev/urandom > f
            ulimit -f 3000
            recv 127.0.0.1:0 --dir inbox --once -q
            send f; echo $?; wait $pid; echo $?
            [ ! -e inbox/received_f ] || echo final
            """)
        expectFailure(73, of: "inbox/received_f", in: result)
    }

    @Test func `of two senders of the same name one wins`() async throws {
        let result = try await TransferShell.run(
            """
            mkdir 1 2; for i in 1 2; do head -c 3000000 /dev/urandom > $i/f; done
            recv 127.0.0.1:0 --dir inbox -q
            send 1/f --limit-rate 3M 2> 1/err & one=$!
            send 2/f --limit-rate 3M 2> 2/err & two=$!
            wait $one; one=$?; wait $two; two=$?; echo $((one + two))
            winner=1; [ $one = 0 ] || winner=2; cmp $winner/f inbox/received_f
            cat 1/err 2/err | wc -l; ls -A inbox; kill $pid; wait $pid
            """)
        #expect(result.output == "73\n1\nreceived_f\n")
        #expect(result.file("recv.err").split(separator: "\n").count == 1)
    }

    @Test func `with --rename each of two senders of the same name gets its own at once`()
        async throws
    {
        let result = try await TransferShell.run(
            """
            mkdir 1 2; for i in 1 2; do head -c 3000000 /dev/urandom > $i/f; done
            recv 127.0.0.1:0 --dir inbox -q --rename
            send 1/f --limit-rate 300K & slow=$!
            begun f; send 2/f; echo $?; cmp 2/f inbox/received_f
            [ -e inbox/.received_f.sudp-part ] || echo late
            kill $slow; wait $slow; send 1/f; echo $?; cmp 1/f inbox/received_f.1
            send 1/f; send 2/f; ls inbox; kill $pid; wait $pid
            """)
        #expect(result.output == "0\n0\nreceived_f\nreceived_f.1\n")
    }

    @Test func `no file or directory gets special bits`() async throws {
        let result = try await TransferShell.run(
            """
            mkdir -p d/e; echo f > d/e/f; chmod 7751 d/e/f; chmod 7755 d/e; chmod 2755 d inbox
            recv 127.0.0.1:0 --dir inbox --once -q
            send d; echo $?; cd inbox/received_d; stat -c %a . e e/f
            """)
        #expect(result.output == "0\n755\n755\n751\n")
    }

    @Test(arguments: [("000", "777 777"), ("027", "750 750"), ("077", "700 700")])
    func `the receiver's umask holds`(mask: String, expected: String) async throws {
        let result = try await TransferShell.run(
            """
            mkdir d; echo f > d/f; chmod 777 d d/f
            umask \(mask); recv 127.0.0.1:0 --dir inbox --once -q; umask 022
            send d; echo $?; wait $pid; echo $(cd inbox/received_d; stat -c %a . f)
            """)
        #expect(result.output == "0\n\(expected)\n")
    }

    @Test func `permissions and times of the sender are not kept where they are not wanted`()
        async throws
    {
        let result = try await TransferShell.run(
            """
            mkdir d; echo f > d/f; chmod 700 d; chmod 755 d/f; touch -d 2001-01-01 d d/f; : > now
            recv 127.0.0.1:0 --dir inbox --once -q --no-preserve
            send d; echo $?; wait $pid; cd inbox/received_d; echo $(stat -c %a . f)
            find . f ! -newer ../../now
            """)
        #expect(result.output == "0\n755 644\n")
    }

    @Test func `times beyond what files can have are brought within it`() async throws {
        let result = try await TransferShell.run(
            """
            for time in -9999999999 -1 0 1 2147483648 15032385535 99999999999; do
                : > f; touch -d @$time f 2> touch.err || continue
                kept=$(stat -c %Y f); [ $kept -ge 0 ] || kept=0
                for again in 1 2; do
                    recv 127.0.0.1:0 --dir inbox --once -q; send f || echo failed; wait $pid
                done
                [ $(stat -c %Y inbox/received_f) = $kept ] || echo $time
                rm inbox/received_f
            done
            """)
        #expect(result.output.isEmpty)
        #expect(result.errors.isEmpty)
    }
}
