import ChurnModel
import Features
import NeuralNetwork
import Tabular
import Training

extension Workbench {
    /// One customer at a time.
    func prediction(_ stopwatch: Stopwatch) throws -> [Measurement] {
        let customer = customers.table.selecting([0])
        let matrix = try model.features.encode(customer)
        let expected = try model.predict(customer)
        let (calls, bareCalls) = (20_000, 200_000)
        let whole = try stopwatch.seconds {
            for _ in 0 ..< calls {
                let found = try model.predict(customer)
                precondition(found == expected, "a prediction changed")
            }
        }
        let bare = stopwatch.seconds {
            for _ in 0 ..< bareCalls {
                let found = model.network.probabilities(
                    matrix.values,
                    stride: matrix.stride,
                    rows: 1
                )
                precondition(found.count == 1, "a prediction is missing")
            }
        }
        return [
            Measurement(
                "prediction.model",
                "single prediction, typed row to probability",
                unit: "µs",
                values: whole.map { $0 / Double(calls) * 1e6 }
            ),
            Measurement(
                "prediction.network",
                "its network alone, encoded row to probability",
                unit: "µs",
                values: bare.map { $0 / Double(bareCalls) * 1e6 }
            ),
        ]
    }
}
