/// A shell script that sends and receives files.
///
/// `recv ARGUMENTS` starts a receiver as `listen` does; `send ARGUMENTS` sends to it. Before them
/// `unprivileged` has both run as a user who may not do everything.
enum TransferShell {
    private static let prelude = """
        AS=
        recv() {
            mkfifo -m 666 port.fifo
            $AS "$SUDP" recv "$@" --port-file port.fifo 2> recv.err & pid=$!
            read -r port < port.fifo
            rm port.fifo
        }
        send() { $AS "$SUDP" send "$@" 127.0.0.1:$port --insecure -q; }
        unprivileged() {
            [ $(id -u) != 0 ] || AS="setpriv --reuid 65534 --regid 65534 --clear-groups"
            $AS "$SUDP" --version > version 2>&1 || { echo cannot; exit; }
        }
        begun() { while [ ! -s inbox/.received_$1.sudp-part ]; do :; done; }
        mkdir inbox

        """

    static func run(_ script: String, secondsAtMost limit: Int = 60) async throws -> Shell.Result {
        try await Shell.run(prelude + script, secondsAtMost: limit)
    }
}
