extension ConnectionCore {
    var probeTimeout: TimeSpan {
        recovery.rtt.probeTimeout(maxAckDelay: recovery.peerMaxAckDelay)
    }

    /// RFC 9000 §10.2: the closing and draining periods last three probe timeouts.
    private func closingDeadline(_ now: Instant) -> Instant {
        now + min(probeTimeout * 3, Limits.lingerMaximum)
    }

    mutating func close(
        _ code: CloseCode, text: String, reason: CloseReason, now: Instant
    ) {
        guard lifecycle.isOpen else { return }
        let peerMayLackSessionKeys = !handshake.isComplete
        let closing = Lifecycle.Closing(
            code: code, text: text,
            inInitial: peerMayLackSessionKeys && protection.initial != nil,
            inSession: maySendSessionPackets)
        lifecycle.close(closing, reason: reason, until: closingDeadline(now))
        announceEnd()
    }

    mutating func fail(_ fault: ConnectionFault, now: Instant) {
        switch fault {
        case .noRoom: break
        case .violation(let code, let text):
            close(
                .transport(code), text: text,
                reason: .protocolViolation(code, reason: text), now: now)
        case .handshake(let failure):
            close(
                .tlsAlert(failure.alert), text: failure.reason,
                reason: .handshakeFailed(failure), now: now)
        }
    }

    mutating func abandon(_ reason: CloseReason) {
        lifecycle.abandon(reason)
        announceEnd()
        outbox.tell(.drained)
    }

    mutating func drain(_ reason: CloseReason, now: Instant) {
        lifecycle.drain(reason, until: closingDeadline(now))
        announceEnd()
    }

    private mutating func announceEnd() {
        leaveHalfOpen()
        guard let reason = lifecycle.reason else { return }
        outbox.tell(.closed(reason))
    }

    mutating func leaveHalfOpen() {
        guard context.isHalfOpen else { return }
        context.isHalfOpen = false
        outbox.tell(.handshakeEnded)
    }

    /// The peer's CLOSE frame.
    mutating func onClose(_ code: CloseCode, text: String, isInitial: Bool, now: Instant) {
        // Initial packets prove nothing: they may end only what is not open yet.
        guard !isInitial || !handshake.isComplete else { return }
        drain(closeReason(code, text: text), now: now)
    }

    private func closeReason(_ code: CloseCode, text: String) -> CloseReason {
        switch code {
        case .application(0) where lifecycle.isSendConfirmed && receiveStream.isConsumed:
            .complete
        case .tlsAlert(let alert):
            .handshakeFailed(HandshakeFailure(alertFromPeer: alert, text: text))
        case .application, .transport:
            .closedByPeer(code, reason: text)
        }
    }

    /// Moves towards the end when both streams are done.
    mutating func settle(now: Instant) {
        if lifecycle.state == .established, lifecycle.isSendConfirmed, receiveStream.isConsumed {
            let wait = min(
                max(probeTimeout * Limits.lingerProbeTimeouts, Limits.lingerMinimum),
                Limits.lingerMaximum)
            lifecycle.linger(until: now + wait)
        }
        guard lifecycle.state == .lingering else { return }
        guard receiveStream.isConsumedAcked || lifecycle.isLingerOver(now: now) else { return }
        close(.application(0), text: "", reason: .complete, now: now)
    }
}
