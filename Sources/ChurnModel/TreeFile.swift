import Features
import Files
import FoundationEssentials
import Output
import Schema
import Trees

/// The model's trees as a safetensors file: `retain/trees.safetensors`.
enum TreeFile {
    static let path = "retain/trees.safetensors"
    private static let partKey = "trees"

    /// What of the trees is no tensor.
    private struct Description: Codable {
        let features: [TreePart.Feature]
        let bins: [ColumnBins]
        let weight: Double
        /// Log-odds before the first tree, of each ensemble.
        let starts: [Double]
    }

    /// The depths, cuts and leaves of each ensemble under `ensemble_0.` and so on, the parents too where trees are grown leaf
    /// by leaf, and all else as JSON among the metadata.
    static func encode(_ part: TreePart) throws -> [UInt8] {
        let description = Description(
            features: part.features,
            bins: part.trees.bins,
            weight: part.weight,
            starts: part.trees.ensembles.map(\.start)
        )
        let tensors = part.trees.ensembles.enumerated().flatMap { number, ensemble in
            func vector(_ name: String, _ values: SafeTensors.Values) -> SafeTensors.Tensor {
                SafeTensors.Tensor(
                    name: stem(number) + name,
                    shape: [values.count],
                    values: values
                )
            }
            return [
                vector("depths", .integers(ensemble.depths.map(Int32.init))),
                vector("columns", .integers(ensemble.cuts.map { Int32($0.column) })),
                vector("bins", .integers(ensemble.cuts.map { Int32($0.bin) })),
                vector("leaves", .doubles(ensemble.values)),
            ]
                + (ensemble.parents.map { parents in
                    [vector("parents", .integers(parents.map(Int32.init)))]
                } ?? [])
        }
        let metadata = String(decoding: try encodedJSON(description), as: UTF8.self)
        return SafeTensors(tensors, metadata: [partKey: metadata]).encoded()
    }

    static func decode(_ bytes: [UInt8]) throws(ModelFolderError) -> TreePart {
        let file: SafeTensors
        do {
            file = try SafeTensors(decoding: bytes)
        } catch {
            throw ModelFolderError(path, error.description)
        }
        guard let json = file.metadata[partKey],
            let description = try? JSONDecoder().decode(Description.self, from: Data(json.utf8))
        else { throw ModelFolderError(path, "its metadata describes no trees") }
        var ensembles: [TreeEnsemble] = []
        for (number, start) in description.starts.enumerated() {
            ensembles.append(try ensemble(start, stem(number), file))
        }
        guard !ensembles.isEmpty, description.features.count == description.bins.count,
            zip(description.features, description.bins).allSatisfy({ fit($0, $1) }),
            BoostedTrees.fit(description.bins, ensembles), (0 ... 1).contains(description.weight)
        else { throw ModelFolderError(path, "its trees do not fit its columns") }
        let tensors = ensembles.reduce(0) { $0 + ($1.parents == nil ? 4 : 5) }
        guard tensors == file.tensors.count else {
            throw ModelFolderError(path, "it holds tensors that are of no tree")
        }
        return TreePart(
            features: description.features,
            trees: BoostedTrees(bins: description.bins, ensembles: ensembles),
            weight: description.weight
        )
    }

    /// Whether a column has the values that its bins were fitted to.
    private static func fit(_ feature: TreePart.Feature, _ bins: ColumnBins) -> Bool {
        switch (bins, feature.type.coding) {
        case (.borders, .number?): true
        case (.levels(let table, _), let coding?), (.ordered(let table, _), let coding?):
            table.count == (coding.levels?.count ?? -2) + 2
        default: false
        }
    }

    private static func ensemble(
        _ start: Double,
        _ stem: String,
        _ file: SafeTensors
    ) throws(ModelFolderError) -> TreeEnsemble {
        var parents: [UInt8]?
        if case .integers(let written)? = file[stem + "parents"]?.values {
            parents = written.compactMap(UInt8.init(exactly:))
        }
        guard case .integers(let depths)? = file[stem + "depths"]?.values,
            case .integers(let columns)? = file[stem + "columns"]?.values,
            case .integers(let bins)? = file[stem + "bins"]?.values,
            case .doubles(let leaves)? = file[stem + "leaves"]?.values,
            columns.count == bins.count,
            let ensemble = TreeEnsemble(
                start: start,
                depths: depths.map(Int.init),
                cuts: zip(columns, bins).map {
                    TreeEnsemble.Cut(column: Int($0), bin: Int($1))
                },
                parents: parents,
                values: leaves
            )
        else { throw ModelFolderError(path, "tensors \(stem)* are missing or make no trees") }
        return ensemble
    }

    private static func stem(_ ensemble: Int) -> String { "ensemble_\(ensemble)." }
}
