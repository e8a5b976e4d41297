internal import SystemPackage

/// The pipes between a connection and a command: what the command keeps and what this side keeps.
struct CommandChannel {
    let standardInput: FileDescriptor
    let standardOutput: FileDescriptor
    let input: PipeInput
    let output: PipeOutput

    /// Makes both pipes; none of their ends is inherited by other commands.
    init() throws(Errno) {
        let toCommand = try FileDescriptor.pipe(options: .closeOnExec)
        standardInput = toCommand.readEnd
        output = PipeOutput(
            descriptor: toCommand.writeEnd.rawValue, name: "the command's input", closesAtEnd: true)
        do throws(Errno) {
            let fromCommand = try FileDescriptor.pipe(options: .closeOnExec)
            standardOutput = fromCommand.writeEnd
            input = PipeInput(
                descriptor: fromCommand.readEnd.rawValue, name: "the command's output",
                closesAtEnd: true)
        } catch {
            try? output.end()
            try? standardInput.close()
            throw error
        }
    }

    /// Closes this side's ends, unless a pipe has done so.
    func close() {
        input.end()
        try? output.end()
    }
}
