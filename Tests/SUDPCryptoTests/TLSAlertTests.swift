import SUDPCrypto
import Testing

@Suite struct TLSAlertTests {
    @Test(
        arguments: [
            (0, "close notify"), (20, "bad record MAC"), (42, "bad certificate"),
            (48, "unknown certificate authority"), (109, "missing extension"),
            (116, "certificate required"), (120, "no application protocol"), (255, "alert 255"),
        ] as [(UInt8, String)])
    func `an alert is told in words`(_ code: UInt8, _ name: String) {
        #expect(TLSAlert.name(code) == name)
    }
}
