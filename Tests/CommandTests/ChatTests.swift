import Testing

/// `sudp chat` between pipes.
///
/// `serve ARGUMENTS` starts a server in the background and sets `$server` and `$port`; its messages
/// go to `serve.err`. `chat NAME ARGUMENTS` is a client of it.
@Suite struct ChatTests {
    static let prelude = """
        serve() {
            mkfifo port.fifo
            "$SUDP" chat --serve 127.0.0.1:0 "$@" --port-file port.fifo > serve.out 2> serve.err &
            server=$!
            read -r port < port.fifo
            rm port.fifo
        }
        # A program of its own, so that $! is the client and not a shell that waits for it.
        { echo '#!/bin/sh'
          echo 'name=$1; shift; exec "$SUDP" chat 127.0.0.1:$port --insecure -q --nick $name "$@"'
        } > chat
        chmod +x chat
        export PATH="$PWD:$PATH" port=0
        await() { : >> "$2"; while ! grep -q "$1" "$2"; do :; done; }

        """

    private func run(_ script: String) async throws -> Shell.Result {
        try await Shell.run(Self.prelude + script)
    }

    @Test func `lines go from one client to the others`() async throws {
        let result = try await run(
            """
            serve
            chat bob < /dev/null > bob.out 2> bob.err & bob=$!
            await 'you are in' bob.out
            printf 'hello\\n/me waves\\n//etc\\n/msg bob psst\\n' | chat ann > ann.out; echo $?
            await psst bob.out
            kill $bob; wait $bob; echo $?
            kill $server; wait $server; echo $?
            grep -v '^--' bob.out
            """)
        #expect(
            result.output
                == "0\n143\n143\n<ann> hello\n* ann waves\n<ann> /etc\n[ann -> you] psst\n")
        #expect(!result.file("ann.out").contains("<ann>"))
        #expect(result.file("serve.err").contains("joined #lobby <ann>"))
        #expect(!result.file("serve.err").contains("psst"))
    }

    @Test func `once ends with 0 when the server has it, and shows nothing`() async throws {
        let result = try await run(
            """
            serve --log log
            echo done | chat cron --once; echo $?
            grep -c ' message #lobby 1 <cron> .*: done' log
            kill $server
            """)
        #expect(result.output == "0\n1\n")
        #expect(result.errors.isEmpty)
    }

    @Test func `a line that was not delivered makes the status 1`() async throws {
        let result = try await run(
            """
            serve
            echo /nonsense | chat ann; echo $?
            head -c 5000 /dev/zero | tr '\\0' x | chat ann --once; echo $?
            echo '/msg nobody hi' | chat ann --once; echo $?
            printf 'a\\n/quit\\nb\\n\\n' | chat ann --once; echo $?
            printf 'a\\n/quit\\n\\n' | chat ann --once; echo $?
            kill $server
            """)
        #expect(result.output.replacing(/--.*\n/, with: "") == "1\n1\n1\n1\n0\n")
        #expect(
            result.errors.contains(
                "1 line was not delivered: what comes after /quit is not sent"))
        #expect(result.errors.contains("unknown command /nonsense: not sent"))
        #expect(result.errors.contains("a line has at most 4096 bytes"))
        #expect(result.errors.contains("nobody is called nobody"))
    }

    @Test func `lines of a pipe arrive whole, however many they are`() async throws {
        let result = try await run(
            """
            serve
            chat bob < /dev/null > bob.out 2> bob.err & bob=$!
            await 'you are in' bob.out
            seq 100 | chat ann --once; echo $?
            await 'ann left' bob.out
            grep '<ann>' bob.out | cut -d ' ' -f 2 > got; seq 100 | cmp - got && echo whole
            kill $bob $server
            """)
        #expect(result.output == "0\nwhole\n")
        #expect(result.errors.isEmpty)
    }

    @Test func `events are JSON in both directions`() async throws {
        let result = try await run(
            """
            serve --json
            printf '%s\\n' '{"event":"message","text":"/a \\u001b[31m"}' \\
                '{"event":"command","text":"/topic new"}' | chat bot --json > bot.out; echo $?
            echo nonsense | chat bot --json > bad.out; echo $?
            echo '{"event":"direct","nick":"nobody","text":"x"}' | chat bot --json > not.out
            grep '"event":"refused"' not.out | sed 's/"time":"[^"]*"/TIME/'
            grep -c '"event":"message".*"text":"/a .u001b.31m".*"own":true' bot.out
            grep -c '"event":"topic".*"text":"new"' bot.out
            kill $server; wait $server
            grep -c '"event":"message"' serve.out
            """)
        let refusal =
            #"{"v":1,"event":"refused",TIME,"text":"nobody is called nobody","request":"direct"}"#
        #expect(result.output == "0\n1\n\(refusal)\n1\n1\n1\n")
    }

    @Test func `history survives a restart`() async throws {
        let result = try await run(
            """
            serve --history-file history
            printf 'one\\ntwo\\n' | chat ann --once
            kill $server; wait $server
            serve --history-file history
            echo three | chat ann --once
            echo x | chat bob | grep '<'
            ls -l history | cut -c 1-10
            kill $server
            """)
        #expect(result.output == "<ann> one\n<ann> two\n<ann> three\n-rw-------\n")
    }

    @Test func `a fingerprint makes an operator however it is written`() async throws {
        let result = try await run(
            """
            "$SUDP" certs gen --dir c > /dev/null 2>&1
            "$SUDP" certs gen --dir c --client boss > /dev/null 2>&1
            line=$(openssl x509 -in c/client-cert.pem -noout -fingerprint -sha256)
            digits=${line#*=}
            for form in "$line" "$digits" "sha256:$digits" "SHA256:$digits" \\
                "sha256:$(echo $digits | tr -d : | tr A-F a-f)"
            do
                serve --admin "$form"
                echo /bans | chat boss --once --cert c/client-cert.pem --key c/client-key.pem \\
                    > out 2>&1; wc -c < out
                kill $server; wait $server
            done
            """)
        #expect(result.output == "0\n0\n0\n0\n0\n")
    }

    @Test func `a certificate makes an operator and keeps its name`() async throws {
        let result = try await run(
            """
            "$SUDP" certs gen --dir c > /dev/null 2>&1
            "$SUDP" certs gen --dir c --client boss > /dev/null 2>&1
            serve --rules-file rules \\
                --admin "$(openssl x509 -in c/client-cert.pem -noout -fingerprint -sha256)"
            mkfifo input; exec 9<> input
            chat boss --cert c/client-cert.pem --key c/client-key.pem < input > boss.out &
            boss=$!
            await 'you are in' boss.out
            echo hi | chat boss --once; echo $?
            chat eve < /dev/null > eve.out 2> eve.err & eve=$!
            await 'eve joined' boss.out
            echo '/kick eve rude' >&9; wait $eve; echo $?
            echo '/ban eve 1h' >&9; await 'eve' rules
            echo hi | chat eve --once; echo $?
            kill $boss $server; wait $server; serve --rules-file rules
            echo hi | chat eve --once; echo $?
            echo hi | chat boss --once; echo $?
            kill $server
            """)
        #expect(result.output == "77\n77\n77\n77\n77\n")
        #expect(result.file("eve.err") == "sudp: you were kicked by boss: rude\n")
        #expect(result.errors.contains("boss belongs to a certificate"))
    }

    @Test func `who comes and goes is told unless somebody wants quiet`() async throws {
        let result = try await run(
            """
            serve
            chat ann --quiet-presence --log ann.log < /dev/null > ann.out & ann=$!
            chat cat --quiet-presence --json < /dev/null > cat.out & cat=$!
            await 'you are in' ann.out; await '"room"' cat.out
            chat dan < /dev/null > dan.out & dan=$!
            await 'you are in' dan.out
            printf '/away lunch\\n/back\\n/nick bobby\\nhello\\n' | chat bob > bob.out
            for out in ann.out cat.out dan.out; do await hello $out; done
            await 'bobby left' dan.out; await 'bobby left' ann.log
            chat eve --once < /dev/null; echo last | chat eve --once
            for out in ann.out cat.out; do await last $out; done
            kill $ann $cat $dan $server
            grep -c 'bob.* \\(joined\\|is away\\|is back\\|left\\)' ann.out dan.out ann.log
            grep -c 'bob is now bobby' ann.out; grep -c 'joined\\|left\\|away\\|back' cat.out
            """)
        #expect(result.output == "ann.out:0\ndan.out:4\nann.log:4\n1\n0\n")
    }

    @Test(arguments: [
        ("", "", 0), ("--color never", "", 0), ("--color always", "", 1),
        ("--color always", "NO_COLOR=1", 1), ("--color always --json", "", 0),
    ])
    func `names have colours between pipes only when they have to`(
        options: String, environment: String, lines: Int
    ) async throws {
        let result = try await run(
            """
            serve
            env \(environment) ./chat ann \(options) < /dev/null > ann.out & ann=$!
            await 'lobby' ann.out
            echo hello | chat bob --once; await hello ann.out
            kill $ann $server; grep hello ann.out | grep -c "$(printf '\\033\\[')"
            """)
        #expect(result.output == "\(lines)\n")
    }

    @Test(arguments: ["--color", "--color yes", "--color ''", "--serve --quiet-presence"])
    func `what cannot be shown that way is told`(options: String) async throws {
        let result = try await run("chat ann \(options); echo $?")
        #expect(result.output == "64\n")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func `what ends a client gives its status`() async throws {
        let result = try await run(
            """
            mkfifo idle; exec 9<> idle
            serve -m 1
            chat ann < /dev/null > ann.out 2> ann.err & ann=$!
            await 'you are in' ann.out
            echo x | chat bob; echo full $?
            kill $server; wait $server; wait $ann; echo ended $?
            echo x | chat ann --wait 5; echo refused $?
            listen 127.0.0.1:0 < idle > /dev/null
            echo x | chat ann > /dev/null 9>&- & ann=$!
            echo garbage that is no message >&9
            wait $ann; echo service $?
            """)
        #expect(result.output == "full 69\nended 65\nrefused 69\nservice 76\n")
        #expect(result.file("ann.err") == "sudp: the server ended: the server ends\n")
    }

    @Test func `encrypted and plaintext clients meet on one port`() async throws {
        let result = try await run(
            """
            serve --allow-plaintext
            chat ann < /dev/null > ann.out & ann=$!
            await 'you are in' ann.out
            echo open | "$SUDP" chat 127.0.0.1:$port --plaintext -q --nick bob --once; echo $?
            await '<bob> open' ann.out
            kill $ann $server; wait $server
            serve
            echo open | "$SUDP" chat 127.0.0.1:$port --plaintext -q --nick bob; echo $?
            kill $server
            """)
        #expect(result.output == "0\n77\n")
    }
}
