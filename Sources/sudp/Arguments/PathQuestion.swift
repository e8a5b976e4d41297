import ArgumentParser
import Glibc
import SUDPServices

/// Asks the user at the terminal for a path.
enum PathQuestion {
    /// The line that was typed; throws a usage error when it is empty or nobody can be asked.
    static func ask(_ question: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { throw ValidationError("No file was named.") }
        StandardStreams.writeMessage(question)
        guard let answer = readLine(), !answer.isEmpty else {
            throw ValidationError("No file was named.")
        }
        return answer
    }
}
