import Kernels
import Search
import TestSupport

extension TemporaryFolder {
    /// Where a search keeps its trials.
    var log: String { path + "/trials.jsonl" }
}

/// Functions whose lowest place is known.
enum Landscape: CaseIterable {
    /// A bowl in four dimensions, lowest away from the middle.
    case bowl
    /// Branin's function with its three valleys; lowest 0.397887.
    case branin
    /// What tuning a network looks like: rates on log scales, sizes, a choice, a switch.
    case network

    var space: SearchSpace {
        get throws {
            switch self {
            case .bowl:
                try SearchSpace((0 ..< 4).map { .real("x\($0)", -5 ... 5) })
            case .branin:
                try SearchSpace([.real("x", -5 ... 10), .real("y", 0 ... 15)])
            case .network:
                try SearchSpace([
                    .real("rate", 1e-5 ... 1, log: true),
                    .real("decay", 1e-8 ... 0.1, log: true),
                    .real("dropout", 0 ... 0.6),
                    .integer("batch", 8 ... 1_024, log: true),
                    .integer("epochs", 1 ... 60),
                    .choice("shape", ["16", "32", "64", "32-16", "64-32", "64-64"]),
                ])
            }
        }
    }

    var start: Point {
        switch self {
        case .bowl: ["x0": 0, "x1": 0, "x2": 0, "x3": 0]
        case .branin: ["x": 0, "y": 0]
        case .network:
            [
                "rate": 0.1, "decay": 1e-3, "dropout": 0.5, "batch": 16, "epochs": 5, "shape": "16",
            ]
        }
    }

    func score(_ point: Point) -> Double {
        func real(_ name: String) -> Double { point.real(name) ?? .nan }
        func log(_ name: String) -> Double { Elementary.log(real(name)) }
        func square(_ x: Double) -> Double { x * x }
        switch self {
        case .bowl:
            return (0 ..< 4).map { square(real("x\($0)") - Double($0) + 0.5) }.reduce(0, +)
        case .branin:
            let (x, y) = (real("x"), real("y"))
            let turn = x.magnitude.truncatingRemainder(dividingBy: 2 * .pi)
            let cosine = Elementary.cosine(turn <= .pi ? turn : 2 * .pi - turn)
            let valley = y - 5.1 / (4 * .pi * .pi) * x * x + 5 / .pi * x - 6
            return valley * valley + 10 * (1 - 1 / (8 * .pi)) * cosine + 10
        case .network:
            let shapes = ["16": 0.4, "32": 0.2, "64": 0.3, "32-16": 0.1, "64-32": 0, "64-64": 0.15]
            return square(log("rate") - Elementary.log(0.006)) / 10
                + square(log("decay") - Elementary.log(1e-4)) / 100
                + 3 * square(real("dropout") - 0.2)
                + square(log("batch") - Elementary.log(128)) / 10
                + square((real("epochs") - 25) / 30)
                + (shapes[point.choice("shape") ?? ""] ?? .nan)
        }
    }
}

extension Trial {
    /// A complete or, with fewer than `folds` scores, pruned trial.
    init(_ number: Int, _ point: Point = [:], scores: [Double], folds: Int = 1) {
        self.init(
            number: number,
            point: point,
            scores: scores,
            state: scores.count < folds ? .pruned : .complete,
            seconds: 1
        )
    }
}
