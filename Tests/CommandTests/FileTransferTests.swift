import Foundation
import Testing

@Suite struct FileTransferTests {
    @Test func `files, directories and standard input arrive`() async throws {
        let result = try await TransferShell.run(
            """
            mkdir -p d/e; echo one > one; echo two > d/e/two; head -c 3000000 /dev/urandom > d/big
            recv 127.0.0.1:0 --dir inbox
            send one d; echo $?
            echo piped | send - --name lines; echo $?
            kill $pid; wait $pid; echo $?
            cmp one inbox/received_one; diff -r d inbox/received_d; cat inbox/received_lines
            """)
        #expect(result.output == "0\n0\n143\npiped\n")
        #expect(result.file("recv.err").contains(#/127.0.0.1:\d+: received_d/big: 3000000 bytes/#))
    }

    @Test func `plaintext and names of the sender work, too`() async throws {
        let result = try await TransferShell.run(
            """
            echo one > one
            recv 127.0.0.1:0 --dir inbox --once --keep-names --allow-plaintext
            "$SUDP" send one 127.0.0.1:$port --plaintext; echo $?
            wait $pid; echo $?; ls -A inbox
            """)
        #expect(result.output == "0\n0\none\n")
        #expect(result.errors.isEmpty)
    }

    @Test func `a stream goes to standard output`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 2500000 /dev/urandom > stream
            recv 127.0.0.1:0 -o - > copy
            cat stream | send -; echo $?; wait $pid; echo $?
            cmp stream copy
            """)
        #expect(result.output == "0\n0\n")
    }

    @Test func `standard output that nobody reads any more ends both sides`() async throws {
        let result = try await TransferShell.run(
            """
            mkfifo stream; head -c 1 < stream > /dev/null & reader=$!
            recv 127.0.0.1:0 -o - > stream
            cat /dev/zero | send -; echo $?; wait $pid; echo $?
            """)
        #expect(result.output == "65\n141\n")
        #expect(result.errors.hasPrefix("sudp: peer closed its output"))
        #expect(!result.errors.contains("run it again"))
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(!result.file("recv.err").contains("output"))
    }

    @Test(arguments: ["d", "f g", "f e"])
    func `only one file goes to standard output`(sources: String) async throws {
        let result = try await TransferShell.run(
            """
            mkdir d e; echo f > f; cp f g; cp f d
            recv 127.0.0.1:0 -o - > copy
            send \(sources); echo $?; wait $pid; echo $?; wc -c < copy
            """)
        #expect(result.output == "73\n73\n0\n")
        for errors in [result.errors, result.file("recv.err")] {
            #expect(errors.contains("standard output: takes one file"))
        }
    }

    @Test(arguments: [
        ("ln -s /nowhere inbox/received_f", "", 73, "inbox/received_f"),
        ("mkdir inbox/received_f", "--overwrite", 73, "inbox/received_f"),
        ("echo other > inbox/received_f", "", 73, "inbox/received_f"),
        ("mkfifo inbox/received_f", "--update", 73, "inbox/received_f"),
        ("rm f; mkfifo f", "", 66, "f"), ("rm f", "", 66, "f"),
        ("mkdir inbox/.received_f.sudp-part", "", 73, "inbox/received_f"),
    ])
    func `a file that cannot be stored is told on both sides`(
        preparation: String, options: String, status: Int, path: String
    ) async throws {
        let result = try await TransferShell.run(
            """
            echo file > f
            \(preparation)
            recv 127.0.0.1:0 --dir inbox --once -q \(options)
            ls -lA inbox > before
            send f; echo $?
            [ -e f ] && [ ! -p f ] || { kill $pid 2> kill.err; }
            wait $pid; echo $?
            ls -lA inbox > after; cmp before after
            """)
        let words = result.output.split(separator: "\n")
        #expect(words.first == "\(status)")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains(path))
        if status == 73 {
            #expect(words.last == "\(status)")
            #expect(result.file("recv.err").split(separator: "\n").count == 1)
            #expect(result.file("recv.err").contains(path))
        }
    }

    @Test func `some of several failing is 23`() async throws {
        let result = try await TransferShell.run(
            """
            echo a > a; echo b > b; echo c > c; echo old > inbox/received_b
            recv 127.0.0.1:0 --dir inbox --once -q
            send a b missing c; echo $?; wait $pid; echo $?
            cat inbox/received_a inbox/received_b inbox/received_c
            """)
        #expect(result.output == "23\n23\na\nold\nc\n")
        #expect(result.errors.contains("2 of 4 failed"))
    }

    @Test func `rules for names that are taken`() async throws {
        let result = try await TransferShell.run(
            """
            echo new > f; set -- --overwrite --rename --skip-existing --update
            for rule in "$@"; do
                rm -f inbox/*; echo old > inbox/received_f; touch -d 2001-01-01 inbox/received_f
                recv 127.0.0.1:0 --dir inbox --once -q $rule
                send f; echo $? $(cat inbox/*); wait $pid
            done
            touch -d 2031-01-01 inbox/received_f; echo newer > inbox/received_f
            recv 127.0.0.1:0 --dir inbox --once -q --update
            touch -d 2001-01-01 f; send f; echo $? $(cat inbox/*); wait $pid
            """)
        #expect(result.output == "0 new\n0 old new\n0 old\n0 new\n0 newer\n")
    }

    @Test func `what matches a line of a file is left out`() async throws {
        let result = try await TransferShell.run(
            """
            mkdir -p d/e; for f in a b.o c '#d' e/f e/g; do echo $f > "d/$f"; done
            printf '# objects\\n*.o\\n\\nd/e/f\\n' > patterns; echo c > more
            recv 127.0.0.1:0 --dir inbox --once -q
            send d --exclude-from patterns --exclude-from more; echo $?; wait $pid
            cd inbox/received_d; find . -type f | LC_ALL=C sort
            cd ../..; send d --exclude-from missing; echo $?
            """)
        #expect(result.output == "0\n./#d\n./a\n./e/g\n66\n")
    }

    @Test func `another service at the port is no receiver`() async throws {
        let result = try await TransferShell.run(
            """
            echo f > f
            listen 127.0.0.1:0 -q < /dev/null > out; send f; echo $?; wait $pid; rm -f listen.err
            recv 127.0.0.1:0 --dir inbox --once -q
            echo hello | "$SUDP" connect 127.0.0.1:$port --insecure -q > out; echo $?
            wait $pid; echo $?
            """)
        #expect(result.output == "76\n76\n76\n")
    }

    @Test(arguments: [
        "send", "send a b --name x 127.0.0.1:9", "send 127.0.0.1:9", "send a a 127.0.0.1:9",
        "send - --name a/b 127.0.0.1:9", "send - --name '' 127.0.0.1:9", "send / 127.0.0.1:9",
        "send a --name .. 127.0.0.1:9", "send a 127.0.0.1:9 --limit-rate 1.5",
        "send a 127.0.0.1:9 --limit-rate 1.M", "send a 127.0.0.1:9 --limit-rate .5M",
        "send a 127.0.0.1:9 --limit-rate 0", "send a 127.0.0.1:9 --limit-rate fast",
        "send a 127.0.0.1:9 --links maybe", "recv -o file", "recv -o - --rename",
        "recv --overwrite --update", "recv -k --once", "recv sudp://h:1/#pin=sha256:00",
    ])
    func `a wrong command line is told`(arguments: String) async throws {
        let result = try await TransferShell.run(
            "echo a > a; \"$SUDP\" \(arguments) < /dev/null; echo $?")
        #expect(result.output == "64\n")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: ["f 127.0.0.1 9", "f 9", "f localhost", "9", "localhost"])
    func `the receiver's host is never left out`(words: String) async throws {
        let result = try await TransferShell.run(
            """
            echo f > f
            "$SUDP" send \(words) < /dev/null; echo $?
            script -qec "$SUDP send \(words)" typescript < /dev/null > shown; echo $?
            """)
        #expect(result.output == "64\n64\n")
        #expect(result.errors.contains("write HOST:PORT"))
        #expect(result.file("typescript").contains("write HOST:PORT"))
    }

    @Test func `what has begun comes to its end after TERM`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 3000000 /dev/urandom > f
            recv 127.0.0.1:0 --dir inbox
            send f --limit-rate 2M & sender=$!
            while [ ! -s inbox/.received_f.sudp-part ]; do :; done
            kill $pid; while ! grep -q finishing recv.err; do :; done
            echo g > g; "$SUDP" send g 127.0.0.1:$port --insecure -q 2> refused; echo $?
            [ -e inbox/received_f ] && echo late
            wait $sender; echo $?; wait $pid; echo $?
            cmp f inbox/received_f; ls inbox
            """)
        #expect(result.output == "69\n0\n143\nreceived_f\n")
        #expect(result.file("refused").contains("is ending"))
    }

    @Test func `a second TERM ends it at once and leaves no final name`() async throws {
        let result = try await TransferShell.run(
            """
            head -c 3000000 /dev/urandom > f
            recv 127.0.0.1:0 --dir inbox -q
            "$SUDP" send f 127.0.0.1:$port --insecure -q --limit-rate 100K & sender=$!
            while [ ! -e inbox/.received_f.sudp-part ]; do :; done
            kill $pid; while kill $pid 2> kill.err; do :; done; wait $pid; echo $?
            wait $sender; echo $?; ls -A inbox
            """, secondsAtMost: 25)
        #expect(result.output == "143\n65\n.received_f.sudp-part\n")
        #expect(result.errors.contains("peer was interrupted"))
        #expect(result.errors.contains("run it again"))
    }

    /// SUDP_KILLS=N kills at N moments instead of a few.
    @Test func `whoever is killed when, the name never lies and the rerun completes`() async throws
    {
        let count = ProcessInfo.processInfo.environment["SUDP_KILLS"].flatMap(Int.init) ?? 4
        let result = try await TransferShell.run(
            """
            size=50000000; head -c $size /dev/urandom > f
            part=inbox/.received_f.sudp-part
            for i in $(seq \(count)); do
                rm -rf inbox; mkdir inbox
                recv 127.0.0.1:0 --dir inbox -q
                "$SUDP" send f 127.0.0.1:$port --insecure -q --limit-rate 200M 2> send.err &
                sender=$!
                while [ ! -e $part ] && [ ! -e inbox/received_f ]; do :; done
                wanted=$((size / \(count) * i))
                while [ -e $part ] && [ $(stat -c %s $part) -lt $wanted ]; do :; done
                if [ $((i % 2)) = 0 ]; then
                    kill -9 $sender
                else
                    kill -9 $pid; kill -9 $sender; wait $pid; recv 127.0.0.1:0 --dir inbox -q
                fi 2> kill.err
                wait $sender
                [ ! -e inbox/received_f ] || cmp f inbox/received_f
                had=$(stat -c %s $part 2> stat.err || echo $size)
                "$SUDP" send f 127.0.0.1:$port --insecure --json > summary || echo rerun $?
                sent=$(grep -o '"sent":[0-9]*' summary | cut -d : -f 2)
                [ $((sent + had - size)) -le 8388608 ] || echo sent $sent again, had $had
                cmp f inbox/received_f; ls -A inbox
                kill $pid; wait $pid
            done
            """, secondsAtMost: 60 + 20 * count)
        #expect(result.output == String(repeating: "received_f\n", count: count))
    }
}
