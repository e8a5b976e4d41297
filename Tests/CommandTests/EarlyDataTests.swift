import Testing

@Suite struct EarlyDataTests {
    @Test func `the second connection sends its first bytes with the opening`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -k --early-data -v -c 'tr a-z A-Z' < /dev/null
            for word in one two three; do
                echo $word | "$SUDP" connect 127.0.0.1:$port --insecure -q --early-data
            done
            kill $pid; wait $pid
            grep -o 'session=[a-z]*' listen.err
            stat -c '%a' .local/state/sudp/tickets .local/state/sudp/tickets/*
            """)
        #expect(result.output.hasPrefix("ONE\nTWO\nTHREE\n"))
        let sessions = result.output.split(separator: "\n").filter { $0.hasPrefix("session") }
        #expect(sessions == ["session=new", "session=early", "session=early"])
        #expect(result.output.hasSuffix("700\n600\n"))
    }

    @Test func `more than fits into the opening arrives whole and in order`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -k --early-data -c cat < /dev/null
            head -c 300000 /dev/urandom > in
            for run in 1 2; do
                "$SUDP" connect 127.0.0.1:$port --insecure -q --early-data < in > out
                echo $?; cmp in out && echo same
            done
            kill $pid
            """)
        #expect(result.output == "0\nsame\n0\nsame\n")
    }

    @Test func `a ticket is used once and one that is damaged does no harm`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -k --early-data -c cat < /dev/null
            ask() {
                echo $1 | "$SUDP" connect 127.0.0.1:$port --insecure -v --early-data 2>> client.err
            }
            ask first; cp .local/state/sudp/tickets/127.0.0.1_$port kept
            ask second; cp kept .local/state/sudp/tickets/127.0.0.1_$port
            ask third; echo damaged > .local/state/sudp/tickets/127.0.0.1_$port
            ask fourth
            kill $pid
            grep -o 'session=[a-z]*' client.err
            """)
        #expect(
            result.output == """
                first
                second
                third
                fourth
                session=new
                session=early
                session=new
                session=new

                """)
    }

    @Test func `a server that takes no early data gets everything all the same`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 -k -c cat < /dev/null
            for word in one two; do
                echo $word | "$SUDP" connect 127.0.0.1:$port --insecure -v --early-data 2>> errors
            done
            kill $pid
            grep -o 'session=[a-z]*' errors
            """)
        #expect(result.output == "one\ntwo\nsession=new\nsession=resumed\n")
    }

    @Test func `an input that is not open for reading fails instead of being waited for`()
        async throws
    {
        let result = try await Shell.run(
            """
            mkfifo idle; exec 9<> idle
            listen 127.0.0.1:0 --early-data -c cat < /dev/null
            timeout 20 "$SUDP" connect 127.0.0.1:$port --insecure -q --early-data 0> idle
            echo $?
            kill $pid 2> /dev/null
            """)
        #expect(result.output == "74\n")
    }

    @Test func `a signal ends the wait for the first bytes`() async throws {
        let result = try await Shell.run(
            """
            mkfifo idle; exec 9<> idle
            listen 127.0.0.1:0 --early-data -c cat < /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure -q --early-data < idle & client=$!
            while ! grep -q poll /proc/$client/task/*/wchan 2> /dev/null \\
                && [ "$(ls /proc/$client/task | wc -l)" -lt 3 ]; do :; done
            kill $client; wait $client; echo $?
            kill $pid
            """)
        #expect(result.output == "143\n")
    }
}
