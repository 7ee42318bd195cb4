import Evaluation
import ONNX

extension Calibration {
    /// The calibrated probability, of the same shape; both in double precision.
    func applied(to probability: Graph.Value, in graph: inout Graph) -> Graph.Value {
        switch self {
        case .none: probability
        case .temperature(let scaling):
            Self.logistic(
                probability,
                slope: 1 / scaling.temperature,
                intercept: 0,
                in: &graph
            )
        case .platt(let scaling):
            Self.logistic(probability, slope: -scaling.a, intercept: -scaling.b, in: &graph)
        case .isotonic(let regression): regression.applied(to: probability, in: &graph)
        }
    }

    /// σ(slope · logit(p) + intercept), with p clipped by 2⁻⁵² as `Logit` clips it.
    private static func logistic(
        _ probability: Graph.Value,
        slope: Double,
        intercept: Double,
        in graph: inout Graph
    ) -> Graph.Value {
        let least = graph.constant(Double.ulpOfOne)
        let most = graph.constant(1 - Double.ulpOfOne)
        let one = graph.constant(1)
        let clipped = graph.apply("Clip", [probability, least, most])
        let odds = graph.apply("Div", [clipped, graph.apply("Sub", [one, clipped])])
        let scaled = graph.apply(
            "Mul",
            [graph.apply("Log", [odds]), graph.constant(slope)]
        )
        return graph.apply(
            "Sigmoid",
            [graph.apply("Add", [scaled, graph.constant(intercept)])]
        )
    }
}

extension IsotonicRegression {
    /// The curve between its thresholds, shape [rows, 1].
    fileprivate func applied(
        to probability: Graph.Value,
        in graph: inout Graph
    ) -> Graph.Value {
        let last = thresholds.count - 1
        let passed = graph.apply(
            "GreaterOrEqual",
            [probability, graph.constant(thresholds)]
        )
        let count = graph.apply(
            "ReduceSum",
            [
                graph.cast(passed, .int64),
                graph.integers([1]),
            ],
            [("keepdims", .int(1))]
        )
        let zero = graph.integers([0], shape: [])
        let end = graph.integers([last], shape: [])
        let below = graph.apply(
            "Clip",
            [graph.apply("Sub", [count, graph.integers([1], shape: [])]), zero, end]
        )
        let above = graph.apply("Clip", [count, zero, end])
        let edges = graph.constant(thresholds)
        let heights = graph.constant(values)
        let low = graph.apply("Gather", [edges, below])
        let width = graph.apply("Sub", [graph.apply("Gather", [edges, above]), low])
        let floor = graph.apply("Gather", [heights, below])
        let ceiling = graph.apply("Gather", [heights, above])
        // Before the first threshold and after the last both are the same, and there is nothing to climb.
        let isFlat = graph.apply("Equal", [below, above])
        let steps = graph.apply("Where", [isFlat, graph.constant(1), width])
        let share = graph.apply("Div", [graph.apply("Sub", [probability, low]), steps])
        let rise = graph.apply("Mul", [share, graph.apply("Sub", [ceiling, floor])])
        let climbed = graph.apply("Min", [graph.apply("Add", [floor, rise]), ceiling])
        return graph.apply("Where", [isFlat, floor, climbed])
    }
}
