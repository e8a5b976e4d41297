import ArgumentParser

/// The program: runs the command that its arguments name and ends with its exit status.
@main
enum Program {
    static func main() {
        Allocator.prepare()
        StandardStreams.prepare()
        SignalWatch.shared.start()
        let task = Task.detached {
            do {
                try await runCommand()
                Ending.status(.complete).perform()
            } catch {
                Ending(error).perform()
            }
        }
        SignalWatch.shared.run { task.cancel() }
    }

    private static func runCommand() async throws {
        var command = try SUDP.parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
    }
}
