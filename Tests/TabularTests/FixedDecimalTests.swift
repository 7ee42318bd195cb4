import Foundation
import Kernels
import Tabular
import Testing

@Suite struct FixedDecimalTests {
    @Test(
        "known values",
        arguments: [
            (0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.5, 0, "2"), (3.5, 0, "4"), (0, 3, "0.000"),
            (-0.004, 2, "-0.00"), (1e21, 1, "1000000000000000000000.0"), (.nan, 2, "nan"),
            (.infinity, 2, "inf"), (-.infinity, 0, "-inf"), (0.1, 20, "0.10000000000000000555"),
            (9.999, 2, "10.00"), (.leastNonzeroMagnitude, 20, "0.00000000000000000000"),
            (1.005, 2, "1.00"),
        ] as [(Double, Int, String)]
    )
    func known(value: Double, digits: Int, text: String) { #expect(value.fixed(digits) == text) }

    @Test("agrees with printf on any bits", arguments: [0, 1, 4, 6, 17, 20])
    func printf(digits: Int) {
        var generator = SeededGenerator(seed: UInt64(digits))
        for round in 0 ..< 3000 {
            let bits = generator.next()
            let value =
                round % 3 == 0
                ? Double(bitPattern: bits)
                : round % 3 == 1 ? generator.uniform() : Double(Int64(bitPattern: bits) >> 20) / 64
            guard value.isFinite else { continue }
            #expect(value.fixed(digits) == String(format: "%.\(digits)f", value))
        }
    }
}
