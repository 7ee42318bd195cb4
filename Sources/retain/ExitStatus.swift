import ArgumentParser
import ChurnModel
import Drift
import Evaluation
import Features
import Files
import PredictionLog
import Reports
import Schema
import Search
import Serving
import Simulation
import Tabular
import Tracking
import Training

/// The exit codes that scripts rely on.
enum ExitStatus: Int32 {
    case failed = 1
    case gate = 3
    case usage = 64
    case badData = 65
    case unavailable = 69
    case cannotWrite = 73
    case interrupted = 130

    /// The code for an error of any target.
    init(_ error: any Error) {
        self =
            switch error {
            case let error as FileError: error.kind == .cannotWrite ? .cannotWrite : .badData
            case is LeakGate, is GateRefusal, is NotReproduced, is DataNotFound, is DriftFound:
                .gate
            case is Interrupted: .interrupted
            case let error as TrackingError: Self(error.kind)
            case is TrackingConfigurationError, is RunFilterError, is RunReferenceError: .usage
            case SchemaInferenceError.noTarget, SchemaInferenceError.unknownTarget,
                SchemaInferenceError.unknownMeaning, SchemaInferenceError.unknownPositive,
                is UnknownSlice, is SimulationError, is NoCertainty, is SettingError,
                is KeyFileError, is NoChampion:
                .usage
            case is PredictionLogError: .cannotWrite
            case is NoAnswer: .unavailable
            case is CSVError, is BrokenRows, is ColumnMismatch, is SchemaInferenceError,
                is YAMLProblem, is ModelFolderError, is TrainingError, is FeatureError,
                is EvaluationError, is DriftError, is FoldFileError, is TrialLogError,
                is CampaignCostsError,
                is RejectedRows, is GateError, is TreatedColumnError, is ReportedDriftError,
                is UnusableData,
                is UntrainableLog, is TooFewCustomers:
                .badData
            default: .failed
            }
    }

    private init(_ kind: TrackingError.Kind) {
        self =
            switch kind {
            case .unreachable, .denied, .unsupported: .unavailable
            case .notFound, .alreadyExists, .invalid: .usage
            case .damaged: .badData
            }
    }
}

/// Ends the process: help and usage as the argument parser has them, everything else as one message.
func leave(with error: any Error) -> Never {
    if let error = error as? ValidationError {
        // From a running command, which alone could tell; the parser's own come wrapped.
        complain(error.message)
        Retain.exit(withError: ExitCode(ExitStatus.usage.rawValue))
    }
    if error is ExitCode || error is CleanExit
        || Retain.exitCode(for: error) != .failure
    {
        Retain.exit(withError: error)
    }
    complain("\(error)")
    Retain.exit(withError: ExitCode(ExitStatus(error).rawValue))
}
