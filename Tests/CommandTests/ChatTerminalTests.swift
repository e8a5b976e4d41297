import Testing

/// `sudp chat` on a terminal, which tmux plays.
@Suite struct ChatTerminalTests {
    private static let prelude =
        ChatTests.prelude + """
            export LC_ALL=C.UTF-8
            unset TMUX
            t() { tmux -S "$PWD/tmux" -f /dev/null "$@"; }
            screen() { t capture-pane -p -t "$1"; }
            see() { until screen "$1" | grep -q "$2"; do :; done; }
            resize() { # NAME COLUMNS ROWS: tmux tells the program a little later
                t resize-window -t "$1" -x "$2" -y "$3"
                tty=$(t display -p -t "$1" '#{pane_tty}')
                until [ "$(stty size -F "$tty")" = "$3 $2" ]; do :; done
            }
            pane() {
                t new-session -d -s "$1" -x 80 -y 50 "PS1='ready> ' sh"
                see "$1" 'ready>'
                t send-keys -t "$1" "stty -a | tail -n +2 > before; '$SUDP' chat 127.0.0.1:$port" \\
                    " --insecure -q --nick $1; echo status \\$?" Enter
                see "$1" "#lobby $1>"
            }
            trap 't kill-server; kill -9 $server' EXIT

            """

    private func run(_ script: String) async throws -> Shell.Result {
        try await Shell.run(Self.prelude + script)
    }

    @Test func `a half-typed line stays whole while messages arrive, and through a resize`()
        async throws
    {
        let result = try await run(
            """
            serve; pane ann
            t send-keys -t ann 'half a li'; see ann '> half a li$'
            seq 20 | chat bob > bob.out; see ann '<bob> 20$'; see ann 'bob left'
            resize ann 60 40
            t send-keys -t ann 'ne'; see ann '#lobby ann> half a line$'
            screen ann | grep -c '<bob> [0-9]*$'
            screen ann | grep -c 'half'
            t send-keys -t ann Enter; see ann '<ann> half a line$'
            screen ann | grep -c 'half'
            """)
        #expect(result.output == "20\n1\n1\n")
    }

    @Test(arguments: [
        ("", "TERM=xterm", 1), ("--color never", "TERM=xterm", 0),
        ("", "NO_COLOR=1", 0), ("--color always", "NO_COLOR=1", 1),
    ])
    func `names have colours on a terminal unless somebody says otherwise`(
        options: String, environment: String, lines: Int
    ) async throws {
        let result = try await run(
            """
            serve
            t new-session -d -s ann -x 80 -y 50 "\(environment) '$SUDP' chat 127.0.0.1:$port \\
                --insecure -q --nick ann \(options)"
            see ann '#lobby ann>'; echo hello | chat bob --once; see ann hello
            t capture-pane -p -e -t ann | grep hello | grep -c "$(printf '\\033\\[')"
            """)
        #expect(result.output == "\(lines)\n")
    }

    @Test func `what arrives scrolls away above a line that fills the window`() async throws {
        let result = try await run(
            """
            serve; pane ann
            resize ann 90 24
            t send-keys -t ann "$(printf '%068d' 0)"; see ann '0000000000$'
            resize ann 12 6
            seq -f 'line %g' 2 | chat bob > bob.out
            until t capture-pane -p -J -S - -t ann | grep -q 'bob left'; do :; done
            t send-keys -t ann 9; see ann '09$'
            resize ann 90 24; see ann '> 0*9$'
            t capture-pane -p -S - -t ann > all
            grep -c '<bob> line' all; grep -c '^0000' all
            """)
        #expect(result.output == "2\n0\n")
    }

    @Test func `a half-typed line is on the screen once after it is wrapped anew`() async throws {
        let result = try await run(
            """
            serve; pane ann
            resize ann 90 24
            t send-keys -t ann "$(printf '%068d' 0)"; see ann '0000000000$'
            for step in 40-27-a 70-57-ab 33-20-abc; do
                columns=${step%%-*}; shown=${step#*-}; typed=${step##*-}
                resize ann $columns 24
                t send-keys -t ann ${typed#${typed%?}}; see ann "^0*$typed\\$"
                see ann "^#lobby ann> 0\\{${shown%-*}\\}\\$"
            done
            t capture-pane -p -S - -t ann | grep -c 'ann> 00000'
            t capture-pane -p -S - -t ann | grep -c 'you are in'
            """)
        #expect(result.output == "1\n1\n")
    }

    @Test func `messages leave nothing of a line that is longer than the window`() async throws {
        let result = try await run(
            """
            serve; pane ann
            resize ann 80 24
            seq -f 'line %g' 40 > paste; t load-buffer paste; t paste-buffer -p -t ann
            see ann 'line 40'
            seq -f 'news %g' 9 | chat bob > bob.out
            until t capture-pane -p -S - -t ann | grep -q 'bob left'; do :; done
            t send-keys -t ann C-u; see ann '#lobby ann>$'
            t capture-pane -p -S - -t ann > all
            grep -c '<bob> news' all; grep -c '^line\\|line 1$' all
            """)
        #expect(result.output == "9\n0\n")
    }

    @Test func `a paste of forty lines is one message`() async throws {
        let result = try await run(
            """
            serve --log log; pane ann
            chat bob < /dev/null > bob.out & bob=$!
            await 'you are in' bob.out
            seq -f 'line %g' 40 > paste; t load-buffer paste; t paste-buffer -p -t ann
            see ann 'line 40'; t send-keys -t ann Enter
            await 'line 40$' bob.out
            grep '<ann>' bob.out | cut -d ' ' -f 2- | cmp - paste && echo whole
            grep -c ' message ' log
            kill $bob
            """)
        #expect(result.output == "whole\n1\n")
    }

    @Test func `a line that cannot be sent now stays where it was typed`() async throws {
        let result = try await run(
            """
            serve; pane ann
            kill $server; see ann 'the server ended.*; trying again'
            t send-keys -t ann 'hello' Enter; see ann 'not connected: not sent'
            see ann '#lobby ann> hello$'
            t send-keys -t ann ' again'; see ann '#lobby ann> hello again$'
            """)
        #expect(result.status == 0)
    }

    @Test func `the history begins with what was said last`() async throws {
        let result = try await run(
            """
            serve; pane ann
            for line in one two; do
                t send-keys -t ann $line Enter; see ann "<ann> $line$"
            done
            t send-keys -t ann Up; see ann '#lobby ann> two$'
            t send-keys -t ann Up; see ann '#lobby ann> one$'
            t send-keys -t ann Enter; see ann '#lobby ann>$'
            t send-keys -t ann half Up; see ann '#lobby ann> one$'
            t send-keys -t ann Down; see ann '#lobby ann> half$'
            """)
        #expect(result.status == 0)
    }

    @Test func `suspended and brought back it goes on with the line`() async throws {
        let result = try await run(
            """
            serve; pane ann
            t send-keys -t ann 'before'; see ann '> before$'
            t send-keys -t ann C-z; see ann 'ready>'
            t send-keys -t ann 'echo in the sh''ell' Enter; see ann '^in the shell$'
            echo hello | chat bob > bob.out
            t send-keys -t ann 'fg' Enter; see ann '<bob> hello'
            t send-keys -t ann ' and after'; see ann '#lobby ann> before and after$'
            """)
        #expect(result.status == 0)
    }

    @Test(arguments: [("C-c", false), ("C-d", false), ("/quit Enter", false), ("C-c", true)])
    func `the terminal is as it was on every way out`(keys: String, isServerKilled: Bool)
        async throws
    {
        let result = try await run(
            """
            serve; pane ann
            \(isServerKilled ? "kill -9 $server" : "")
            t send-keys -t ann \(keys)
            see ann 'ready>$'
            t send-keys -t ann 'stty -a | tail -n +2 > after; echo wrote' Enter
            see ann '^wrote$'
            cmp before after && echo same
            """)
        #expect(result.output == "same\n")
    }

    @Test func `a quit from the keyboard ends it quietly, with the terminal as it was`()
        async throws
    {
        let result = try await run(
            """
            serve; pane ann
            t send-keys -t ann 'C-\\'; see ann '^status 131$'
            screen ann | grep -ci 'thread\\|crash\\|backtrace'
            t send-keys -t ann 'stty -a | tail -n +2 > after; echo wrote' Enter
            see ann '^wrote$'
            cmp before after && echo same
            """)
        #expect(result.output == "0\nsame\n")
    }

    @Test func `without a name it asks for one, and direct messages are not kept`() async throws {
        let result = try await run(
            """
            serve
            chat bob < /dev/null > bob.out & bob=$!
            await 'you are in' bob.out
            t new-session -d -s ann -x 80 -y 30 "'$SUDP' chat 127.0.0.1:$port --insecure -q"
            see ann 'nickname:'
            t send-keys -t ann 'ann' Enter; see ann '#lobby ann>'
            t send-keys -t ann '/msg bob secret' Enter; await secret bob.out
            t send-keys -t ann 'public' Enter; await public bob.out
            t send-keys -t ann '/quit' Enter
            file=.local/state/sudp/chat_history
            until grep -q quit $file; do :; done
            cat $file; ls -l $file | cut -c 1-10
            kill $bob
            """)
        #expect(result.output == "public\n/quit\n-rw-------\n")
    }
}
