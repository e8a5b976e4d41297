import SUDPServices
import Testing

@Suite struct FixedPointTests {
    @Test(arguments: [
        (0, 0, "0"), (0, 3, "0.000"), (1.5, 0, "2"), (0.049, 1, "0.0"), (0.05, 1, "0.1"),
        (123.456, 2, "123.46"), (-1.25, 1, "-1.3"), (-0.001, 2, "0.00"), (999.9996, 3, "1000.000"),
        (1e15, 1, "1000000000000000.0"), (.nan, 2, "0.00"), (.infinity, 1, "0.0"), (1e300, 0, "0"),
    ])
    func `a number has exactly the decimals asked for`(
        value: Double, decimals: Int, text: String
    ) {
        #expect(FixedPoint.text(value, decimals: decimals) == text)
    }

    @Test(arguments: [-5, 20])
    func `decimals out of range are brought into it`(_ decimals: Int) {
        #expect(FixedPoint.text(1, decimals: decimals) == (decimals < 0 ? "1" : "1.000000000"))
    }
}
