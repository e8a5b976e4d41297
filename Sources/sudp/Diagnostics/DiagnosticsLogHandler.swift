import Logging

/// Hands the transport's log lines to the diagnostics: warnings to everybody, the rest on request.
struct DiagnosticsLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    private let diagnostics: Diagnostics

    init(_ diagnostics: Diagnostics) {
        self.diagnostics = diagnostics
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        if event.level >= .warning {
            diagnostics.notice("\(event.message)")
        } else {
            diagnostics.detail("\(event.message)")
        }
    }
}
