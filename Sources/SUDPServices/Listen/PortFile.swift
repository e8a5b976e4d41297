/// A file that tells a script which port was taken.
public enum PortFile {
    /// Writes the port and a newline; a reader sees all of it or nothing.
    ///
    /// A regular file is replaced; a FIFO or device is written to.
    public static func write(_ port: UInt16, to path: String) throws(FileFailure) {
        try WholeFile.write("\(port)\n", to: path)
    }
}
