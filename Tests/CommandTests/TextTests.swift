import Testing

/// `sudp send --text` and what becomes of it.
@Suite struct TextTests {
    @Test func `a text is printed on lines of its own`() async throws {
        let result = try await TransferShell.run(
            """
            recv 127.0.0.1:0 --dir inbox > shown
            send --text hello; echo $?; send --text 'two
            lines
            '; echo $?; send --text '--once "ä"'; echo $?
            cat shown; kill $pid; wait $pid; echo $?; ls -A inbox
            """)
        #expect(result.output == "0\n0\n0\nhello\ntwo\nlines\n--once \"ä\"\n143\n")
        #expect(result.errors.isEmpty)
        #expect(result.file("recv.err").contains(#/127.0.0.1:\d+: text: 5 bytes\n/#))
    }

    @Test func `a text goes to standard output as it is when that is for content`() async throws {
        let result = try await TransferShell.run(
            """
            text=$(printf 'a\\033[2J\\tb')
            recv 127.0.0.1:0 -o - > copy
            send --text "$text"; echo $?; wait $pid; echo $?; printf %s "$text" | cmp - copy
            recv 127.0.0.1:0 -o - --json -q > copy
            send --text "$text"; echo $?; wait $pid; echo $?; printf %s "$text" | cmp - copy
            """)
        #expect(result.output == "0\n0\n0\n0\n")
        #expect(result.errors.isEmpty)
        #expect(
            result.file("recv.err").contains(
                #/{"event":"text","peer":"127.0.0.1:\d+","text":"a\\u001b\[2J\\u0009b"}/#))
    }

    @Test func `a text is an event of JSON`() async throws {
        let result = try await TransferShell.run(
            """
            recv 127.0.0.1:0 --json --once -q > events
            send --text 'a
            "b"'; echo $?; wait $pid; echo $?; grep -c . events
            grep -o '"text":.*' events
            """)
        #expect(result.output.hasPrefix("0\n0\n"))
        #expect(result.output.hasSuffix("\"text\":\"a\\u000a\\\"b\\\"\"}\n"))
    }

    @Test func `a terminal gets quoted lines without a control character`() async throws {
        let result = try await TransferShell.run(
            """
            mkfifo -m 666 port.fifo
            script -qec '"$SUDP" recv 127.0.0.1:0 --once --port-file port.fifo' /dev/null \
                < /dev/null > screen & pid=$!
            read -r port < port.fifo
            send --text "$(printf 'sudp: fake\\033]0;t\\007\\ntwo\\rx')"; echo $?
            wait $pid; echo $?; tr -d '\\r' < screen | grep '^>'
            """)
        #expect(result.output == "0\n0\n> sudp: fake\\x1b]0;t\\x07\n> two\\rx\n")
    }

    @Test(arguments: [
        "--text ''", "--text a f", "--text a --name b", "--text a -n", "--text a --exclude b",
        "--text a --checksum-file b", "--text \"$(head -c 65536 /dev/zero | tr '\\0' a)\"",
        "--text \"$(printf '\\377')\"",
    ])
    func `a text that cannot be sent is told before anything happens`(
        arguments: String
    ) async throws {
        let result = try await TransferShell.run("port=1; send \(arguments); echo $?")
        #expect(result.output == "64\n")
        #expect(result.errors.contains("--text"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func `a text that cannot be written fails on both sides`() async throws {
        let result = try await TransferShell.run(
            """
            recv 127.0.0.1:0 -q --once > /dev/full
            send --text a; echo $?; wait $pid; echo $?
            """)
        #expect(result.output == "74\n74\n")
        #expect(result.errors.contains("No space left on device"))
    }

    @Test func `a text that nobody reads any more fails on both sides`() async throws {
        let result = try await TransferShell.run(
            """
            mkfifo texts; : < texts & reader=$!
            recv 127.0.0.1:0 -q --once > texts; wait $reader
            send --text a; echo $?; wait $pid; echo $?
            """)
        #expect(result.output == "65\n141\n")
        #expect(result.errors.hasPrefix("sudp: peer closed its output"))
    }

    @Test func `an output that nobody reads holds up no files and no end`() async throws {
        let result = try await TransferShell.run(
            """
            mkfifo out; exec 9<>out; text=$(head -c 60000 /dev/zero | tr '\\0' a); echo f > f
            recv 127.0.0.1:0 --dir inbox > out
            send --text "$text" & first=$!
            send --text "$text" & second=$!
            until [ $(grep -c text: recv.err) = 2 ]; do :; done
            send f; echo $?; kill $pid
            until grep -q finishing recv.err; do :; done
            kill $pid; wait $pid; echo $?; kill $first $second; wait
            """)
        #expect(result.output == "0\n143\n")
    }
}
