import Evaluation
import Foundation
import Testing

@Suite struct CalibrationTests {
    /// One of each method, fitted to the same rows.
    static let each: [Calibration] = {
        let rows = SimulatedRows(count: 400, seed: 5)
        let (labels, probabilities) = (rows.labels, rows.probabilities)
        guard
            let temperature = try? TemperatureScaling(labels: labels, probabilities: probabilities),
            let platt = try? PlattScaling(labels: labels, probabilities: probabilities),
            let isotonic = try? IsotonicRegression(labels: labels, probabilities: probabilities)
        else { return [] }
        return [.none, .temperature(temperature), .platt(platt), .isotonic(isotonic)]
    }()

    /// Every kind of float there is between 0 and 1, ascending.
    static let floats: [Float] = {
        var floats: [Float] = [0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-30, 1e-16]
        floats.append(contentsOf: (1 ..< 1_000).map { Float($0) / 1_000 })
        floats.append(contentsOf: [0.99999, Float(1).nextDown, 1])
        return floats
    }()

    @Test func `there is one of each method`() {
        #expect(Self.each.map(\.method) == Calibration.Method.allCases)
    }

    @Test(arguments: each)
    func `calibrated probabilities lie in 0...1 and keep the order`(calibration: Calibration) {
        let calibrated = calibration.applied(to: Self.floats)
        #expect(calibrated.count == Self.floats.count)
        #expect(calibrated.allSatisfy { $0 >= 0 && $0 <= 1 })
        #expect(zip(calibrated, calibrated.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: each)
    func `each value stands alone`(calibration: Calibration) {
        let together = calibration.applied(to: Self.floats)
        for (place, value) in Self.floats.enumerated() {
            #expect(calibration.applied(to: [value]) == [together[place]])
            #expect(Float(calibration.applied(to: Double(value))) == together[place])
        }
        #expect(calibration.applied(to: []).isEmpty)
    }

    @Test(arguments: each)
    func `what is no number stays none`(calibration: Calibration) {
        let calibrated = calibration.applied(to: [0.2, .nan, 0.4])
        #expect(calibrated.map(\.isNaN) == [false, true, false])
    }

    @Test(arguments: each.dropFirst())
    func `what lies outside 0...1 counts as its nearest end`(calibration: Calibration) {
        let beyond = calibration.applied(to: [-0.5, 0, 1, 2, -.infinity, .infinity])
        #expect(beyond == [0, 0, 1, 1, 0, 1].flatMap { calibration.applied(to: [$0]) })
    }

    @Test func `no calibration gives back the same bits`() {
        let floats = Self.floats + [.nan, -0.0, 2]
        let same = Calibration.none.applied(to: floats)
        #expect(same.map(\.bitPattern) == floats.map(\.bitPattern))
    }

    @Test func `a temperature of 1 and Platt's −1 and 0 change next to nothing`() {
        for probability in [0, 1e-9, 0.01, 0.3, 0.5, 0.99, 1] {
            let warm = TemperatureScaling(temperature: 1).applied(to: probability)
            let platt = PlattScaling(a: -1, b: 0).applied(to: probability)
            #expect(abs(warm - probability) < 3e-16)
            #expect(platt == warm)
        }
    }

    @Test(arguments: each)
    func `JSON gives back the same bits`(calibration: Calibration) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let written = try encoder.encode(calibration)
        let read = try JSONDecoder().decode(Calibration.self, from: written)
        #expect(read == calibration)
        #expect(try encoder.encode(read) == written)
    }

    @Test(arguments: [
        (Calibration.none, #"{"method":"none"}"#),
        (
            .temperature(TemperatureScaling(temperature: 1.5)),
            #"{"method":"temperature","temperature":1.5}"#
        ),
        (.platt(PlattScaling(a: -0.5, b: 0.25)), #"{"a":-0.5,"b":0.25,"method":"platt"}"#),
        (
            .isotonic(IsotonicRegression(thresholds: [0.25, 0.5], values: [0, 1])),
            #"{"method":"isotonic","thresholds":[0.25,0.5],"values":[0,1]}"#
        ),
    ])
    func `JSON has the form of model files`(calibration: Calibration, json: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(try String(decoding: encoder.encode(calibration), as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(Calibration.self, from: Data(json.utf8)) == calibration)
    }

    @Test(arguments: [
        (
            #"{"method":"magic"}"#,
            "method \"magic\" is unknown; known: none, temperature, platt, isotonic"
        ),
        (
            #"{"method":"temperature","temperature":0}"#,
            "the temperature is 0.0; it must be above 0"
        ),
        (#"{"method":"temperature","temperature":-2}"#, "the temperature is -2.0"),
        (
            #"{"method":"isotonic","thresholds":[0.1,0.2],"values":[0.5]}"#,
            "2 thresholds but 1 values; there must be as many"
        ),
        (#"{"method":"isotonic","thresholds":[],"values":[]}"#, "there are no thresholds"),
        (
            #"{"method":"isotonic","thresholds":[0.2,0.2],"values":[0.5,0.6]}"#,
            "threshold 1 is not above the one before it"
        ),
        (
            #"{"method":"isotonic","thresholds":[0.1,0.2],"values":[0.5,0.4]}"#,
            "value 1 is below the one before it"
        ),
        (
            #"{"method":"isotonic","thresholds":[0.1,1.2],"values":[0.5,0.6]}"#,
            "threshold 1 is 1.2; it must lie from 0 to 1"
        ),
        (
            #"{"method":"isotonic","thresholds":[0.1,0.2],"values":[-0.5,0.6]}"#,
            "value 0 is -0.5; it must lie from 0 to 1"
        ),
    ])
    func `broken files are refused with the reason`(json: String, reason: String) throws {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Calibration.self, from: Data(json.utf8))
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.debugDescription.contains(reason), "\(context.debugDescription)")
    }

    @Test(arguments: [
        #"{}"#, #"{"method":"temperature"}"#, #"{"method":"platt","a":1}"#,
        #"{"method":"isotonic","values":[0.5]}"#,
    ])
    func `missing fields are refused`(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Calibration.self, from: Data(json.utf8))
        }
    }
}
