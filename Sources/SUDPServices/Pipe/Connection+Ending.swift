internal import SUDPTransport

extension Connection {
    /// Waits, after this side ended the connection, while a peer that missed the CLOSE asks again.
    ///
    /// RFC 9000 §10.2: three probe timeouts; at most a second, because somebody waits for the exit.
    func answerAfterClosing() async {
        _ = await waitUntilClosed()
        let roundTrip = await statistics().smoothedRTT?.seconds ?? 0
        try? await Task.sleep(for: .seconds(min(3 * (3 * roundTrip + 0.025), 1)))
    }
}
