import Evaluation
import Testing

@Suite struct CalibratorTests {
    @Test(arguments: try CalibrationCase.all())
    func `the temperature is where scipy and scikit-learn find it`(rows: CalibrationCase) throws {
        let fitted = try TemperatureScaling(
            labels: rows.labels,
            probabilities: rows.probabilities
        )
        if let expected = rows.temperature {
            #expect(abs(fitted.temperature / expected.root - 1) < 1e-10)
            #expect(abs(fitted.temperature / expected.scikitLearn - 1) < 1e-6)
        } else {
            let range = TemperatureScaling.range
            #expect([range.lowerBound, range.upperBound].contains(fitted.temperature))
        }
    }

    @Test(
        arguments: [
            ([true, false], [0.9, 0.2], 0.01), ([true, false], [1, 0], 0.01),
            ([false, true], [0.9, 0.2], 100), ([true, false, true], [0.5, 0.5, 0.5], 1),
        ] as [([Bool], [Double], Double)]
    )
    func `temperatures without a minimum end at a bound`(
        labels: [Bool],
        probabilities: [Double],
        expected: Double
    ) throws {
        let fitted = try TemperatureScaling(labels: labels, probabilities: probabilities)
        #expect(fitted.temperature == expected)
    }

    /// scikit-learn's L-BFGS stops at a gradient of 10⁻⁶, which this tolerates; the root of the gradient
    /// is met more closely.
    @Test(arguments: try CalibrationCase.all())
    func `Platt's curve equals scikit-learn's`(rows: CalibrationCase) throws {
        let fitted = try PlattScaling(labels: rows.labels, probabilities: rows.probabilities)
        #expect(abs(fitted.a - rows.platt.a) < 1e-5, "\(fitted.a) for \(rows.platt.a)")
        #expect(abs(fitted.b - rows.platt.b) < 1e-5, "\(fitted.b) for \(rows.platt.b)")
        if let exact = rows.platt.exact {
            #expect(abs(fitted.a - exact[0]) < 1e-11, "\(fitted.a) for \(exact[0])")
            #expect(abs(fitted.b - exact[1]) < 1e-11, "\(fitted.b) for \(exact[1])")
        }
        for (asked, expected) in zip(CalibrationCase.asked, rows.platt.calibrated) {
            let found = fitted.applied(to: asked)
            #expect(abs(found - expected) < 1e-6, "\(found) for \(expected) at \(asked)")
        }
    }

    @Test(arguments: try CalibrationCase.all())
    func `the isotonic curve equals scikit-learn's`(rows: CalibrationCase) throws {
        let fitted = try IsotonicRegression(
            labels: rows.labels,
            probabilities: rows.probabilities
        )
        #expect(fitted.thresholds == rows.isotonic.thresholds)
        #expect(fitted.values.count == rows.isotonic.values.count)
        #expect(zip(fitted.values, rows.isotonic.values).allSatisfy { agrees($0, $1) })
        for (asked, expected) in zip(rows.isotonic.asked, rows.isotonic.calibrated) {
            let found = fitted.applied(to: asked)
            #expect(abs(found - expected) <= 1e-12, "\(found) for \(expected) at \(asked)")
        }
    }

    @Test(arguments: try CalibrationCase.all())
    func `the order of rows changes no bit`(rows: CalibrationCase) throws {
        let (labels, probabilities) = (rows.labels, rows.probabilities)
        let (turnedLabels, turned) = (Array(labels.reversed()), Array(probabilities.reversed()))
        #expect(
            try TemperatureScaling(labels: labels, probabilities: probabilities)
                == TemperatureScaling(labels: turnedLabels, probabilities: turned)
        )
        #expect(
            try PlattScaling(labels: labels, probabilities: probabilities)
                == PlattScaling(labels: turnedLabels, probabilities: turned)
        )
        #expect(
            try IsotonicRegression(labels: labels, probabilities: probabilities)
                == IsotonicRegression(labels: turnedLabels, probabilities: turned)
        )
    }

    @Test func `calibrators say what they cannot be fitted to`() {
        #expect(throws: EvaluationError.noRows) {
            try TemperatureScaling(labels: [], probabilities: [])
        }
        #expect(throws: EvaluationError.lengthsDiffer(labels: 1, probabilities: 2)) {
            try PlattScaling(labels: [true], probabilities: [0.1, 0.2])
        }
        #expect(throws: EvaluationError.badProbability(row: 1, value: 1.5)) {
            try IsotonicRegression(labels: [true, false], probabilities: [0.1, 1.5])
        }
    }
}
