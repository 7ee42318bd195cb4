/// Messages of MLflow's REST interface, as far as Retain reads them; whatever is empty may be absent.
enum MLflowREST {
    struct Pair: Codable {
        var key: String
        var value: String?
    }

    struct Experiment: Decodable {
        var experimentId: Text
        var name: String
        var artifactLocation: String?
        var lifecycleStage: String?
    }

    struct RunInfo: Decodable {
        var runId: String
        var experimentId: Text
        var runName: String?
        var userId: String?
        var status: String?
        var startTime: Whole?
        var endTime: Whole?
        var artifactUri: String?
    }

    struct Metric: Decodable {
        var key: String
        var value: Real?
        var timestamp: Whole?
        var step: Whole?
    }

    struct Dataset: Codable {
        var name: String
        var digest: String
        var sourceType: String?
        var source: String?
        var schema: String?
        var profile: String?
    }

    struct Input: Codable {
        var tags: [Pair]?
        var dataset: Dataset
    }

    struct Run: Decodable {
        struct Data: Decodable {
            var metrics: [Metric]?
            var params: [Pair]?
            var tags: [Pair]?
        }
        struct Inputs: Decodable { var datasetInputs: [Input]? }
        struct Outputs: Decodable {
            struct Model: Decodable { var modelId: String }
            var modelOutputs: [Model]?
        }
        var info: RunInfo
        var data: Data?
        var inputs: Inputs?
        var outputs: Outputs?
    }

    struct File: Decodable {
        var path: String
        var isDir: Bool?
        var fileSize: Whole?
    }

    struct LoggedModel: Decodable {
        struct Info: Decodable {
            var modelId: String
            var name: String?
            var artifactUri: String
            var status: String?
        }
        var info: Info
    }

    struct RegisteredModel: Decodable {
        struct Alias: Decodable {
            var alias: String
            var version: Text
        }
        var name: String
        var description: String?
        var tags: [Pair]?
        var aliases: [Alias]?
    }

    struct ModelVersion: Decodable {
        var name: String
        var version: Text
        var creationTimestamp: Whole?
        var description: String?
        var source: String?
        var runId: String?
        var tags: [Pair]?
        var aliases: [String]?
    }

    static func pairs(_ values: [String: String]) -> [Pair] {
        values.sorted { $0.key < $1.key }.map { Pair(key: $0.key, value: $0.value) }
    }
}

extension [MLflowREST.Pair]? {
    var values: [String: String] {
        (self ?? []).reduce(into: [:]) { $0[$1.key] = $1.value ?? "" }
    }
}

extension Experiment {
    init(_ experiment: MLflowREST.Experiment) {
        self.init(
            id: experiment.experimentId.value,
            name: experiment.name,
            artifactLocation: experiment.artifactLocation ?? ""
        )
    }
}

extension RunMetric {
    init(_ metric: MLflowREST.Metric) {
        self.init(
            metric.key,
            metric.value?.value ?? 0,
            timestamp: metric.timestamp?.value ?? 0,
            step: metric.step?.value ?? 0
        )
    }
}

extension Run {
    init(_ run: MLflowREST.Run) {
        self.init(
            info: RunInfo(run.info),
            metrics: (run.data?.metrics ?? []).reduce(into: [:]) { $0[$1.key] = RunMetric($1) },
            params: (run.data?.params).values,
            tags: (run.data?.tags).values,
            inputs: (run.inputs?.datasetInputs ?? []).map { DatasetInput($0) },
            modelIDs: (run.outputs?.modelOutputs ?? []).map(\.modelId)
        )
    }
}

extension RunInfo {
    init(_ info: MLflowREST.RunInfo) {
        self.init(
            id: info.runId,
            experimentID: info.experimentId.value,
            name: info.runName ?? "",
            user: info.userId ?? "",
            status: info.status.flatMap(RunStatus.init) ?? .running,
            start: info.startTime?.value ?? 0,
            end: info.endTime?.value,
            artifactURI: info.artifactUri ?? ""
        )
    }
}

extension DatasetInput {
    init(_ input: MLflowREST.Input) {
        self.init(
            name: input.dataset.name,
            digest: input.dataset.digest,
            sourceType: input.dataset.sourceType ?? "",
            source: input.dataset.source ?? "",
            schema: input.dataset.schema ?? "",
            profile: input.dataset.profile ?? "",
            context: input.tags.values["mlflow.data.context"] ?? ""
        )
    }
}
