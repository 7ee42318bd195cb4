import Evaluation
import ONNX
import Schema
import Trees

extension TreePart {
    /// The trees' margin, shape [rows, 1].
    ///
    /// One TreeEnsembleRegressor over the columns, a level as 1 or 0 in a column of its own, an empty number as −∞, which
    /// lies below all borders. It compares and adds in double precision and rounds the sum to single.
    func margin(of inputs: InputGraph, in graph: inout Graph) -> Graph.Value {
        var columns: [Graph.Value] = []
        // Of each feature: where its first column stands.
        var places: [Int] = []
        for (feature, bins) in zip(features, trees.bins) {
            places.append(columns.count)
            guard let field = inputs[feature.name] else { continue }
            columns += bins.columns(of: field.value, in: &graph)
        }
        var nodes = RegressorNodes()
        for ensemble in trees.ensembles {
            nodes.add(
                ensemble,
                bins: trees.bins,
                places: places,
                share: 1 / Double(trees.ensembles.count)
            )
        }
        let matrix =
            columns.count == 1 ? columns[0] : graph.apply("Concat", columns, [("axis", .int(1))])
        let margin = graph.apply(
            "TreeEnsembleRegressor",
            [matrix],
            nodes.attributes,
            domain: Graph.learningDomain
        )
        return graph.apply("Add", [graph.cast(margin, .double), graph.constant(nodes.base)])
    }
}

extension ColumnBins {
    /// What the nodes of trees compare: the number, one column for each level, or the bin of the level.
    fileprivate func columns(of field: Graph.Value, in graph: inout Graph) -> [Graph.Value] {
        switch self {
        case .borders:
            let isEmpty = graph.apply("IsNaN", [field])
            return [graph.apply("Where", [isEmpty, graph.constant(-Double.infinity), field])]
        case .levels(let table, let count):
            let code = graph.cast(field, .double)
            return (0 ..< count).map { bin in
                let own = table.indices.filter { table[$0] == bin }.map { Double($0 - 2) }
                let isOwn = own.map { graph.apply("Equal", [code, graph.constant($0)]) }
                let isAny = isOwn.dropFirst().reduce(isOwn[0]) { graph.apply("Or", [$0, $1]) }
                return graph.cast(isAny, .double)
            }
        case .ordered(let table, _):
            let place = graph.apply("Add", [field, graph.integers([2])])
            return [graph.apply("Gather", [graph.constant(table.map(Double.init)), place])]
        }
    }
}

/// The attributes of a TreeEnsembleRegressor, node by node.
private struct RegressorNodes {
    /// What is added before the first tree.
    private(set) var base = 0.0
    private var trees = 0
    private var treeIDs: [Int] = []
    private var nodeIDs: [Int] = []
    private var features: [Int] = []
    private var modes: [String] = []
    private var values: [Double] = []
    private var whenTrue: [Int] = []
    private var whenFalse: [Int] = []
    private var leafTrees: [Int] = []
    private var leafNodes: [Int] = []
    private var weights: [Double] = []

    var attributes: [(String, Graph.Attribute)] {
        [
            ("aggregate_function", .text("SUM")),
            ("n_targets", .int(1)),
            ("nodes_falsenodeids", .ints(whenFalse)),
            ("nodes_featureids", .ints(features)),
            ("nodes_modes", .strings(modes)),
            ("nodes_nodeids", .ints(nodeIDs)),
            ("nodes_treeids", .ints(treeIDs)),
            ("nodes_truenodeids", .ints(whenTrue)),
            ("nodes_values_as_tensor", .doubles(values)),
            ("post_transform", .text("NONE")),
            ("target_ids", .ints(leafTrees.map { _ in 0 })),
            ("target_nodeids", .ints(leafNodes)),
            ("target_treeids", .ints(leafTrees)),
            ("target_weights_as_tensor", .doubles(weights)),
        ]
    }

    /// Adds an ensemble.
    mutating func add(
        _ ensemble: TreeEnsemble,
        bins: [ColumnBins],
        places: [Int],
        share: Double
    ) {
        base += ensemble.start * share
        var cut = 0
        var first = 0
        for depth in ensemble.depths {
            // The node at which each leaf stands so far; those behind it are all later nodes.
            var nodes = [0]
            for number in cut ..< cut + depth {
                let own = ensemble.cuts[number]
                let (place, border) = Self.condition(own, bins[own.column])
                let divided = ensemble.parents.map { [Int($0[number])] } ?? Array(nodes.indices)
                for leaf in divided {
                    let left = 2 * nodes.count - 1
                    add(
                        nodes[leaf],
                        place: places[own.column] + place,
                        mode: "BRANCH_LEQ",
                        value: border,
                        left: left,
                        right: left + 1
                    )
                    nodes[leaf] = left
                    nodes.append(left + 1)
                }
            }
            for (leaf, node) in nodes.enumerated() {
                add(node, place: 0, mode: "LEAF", value: 0, left: 0, right: 0)
                leafTrees.append(trees)
                leafNodes.append(node)
                weights.append(ensemble.values[first + leaf] * share)
            }
            trees += 1
            cut += depth
            first += ensemble.leaves(of: depth)
        }
    }

    /// The value that is compared, among those of its column, and the border up to which a row goes left.
    private static func condition(_ cut: TreeEnsemble.Cut, _ bins: ColumnBins) -> (Int, Double) {
        switch bins {
        case .levels: (cut.bin, 0.5)
        case .ordered: (0, Double(cut.bin) + 0.5)
        case .borders(let borders, let hasEmpty):
            // The first cut of a column with empty fields parts these from all numbers.
            if hasEmpty, cut.bin == 0 {
                (0, -.infinity)
            } else {
                (0, borders[cut.bin - (hasEmpty ? 1 : 0)])
            }
        }
    }

    private mutating func add(
        _ node: Int,
        place: Int,
        mode: String,
        value: Double,
        left: Int,
        right: Int
    ) {
        treeIDs.append(trees)
        nodeIDs.append(node)
        features.append(place)
        modes.append(mode)
        values.append(value)
        whenTrue.append(left)
        whenFalse.append(right)
    }
}
