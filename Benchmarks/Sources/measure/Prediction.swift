import ChurnModel
import Tabular
import Training

extension Workbench {
    /// One customer at a time.
    func prediction(_ stopwatch: Stopwatch) throws -> [Measurement] {
        let customer = customers.table.selecting([0])
        return try ([("seed", model)] + ensembles).map { name, model in
            let expected = try model.predict(customer)
            let calls = 20_000
            let seconds = try stopwatch.seconds {
                for _ in 0 ..< calls {
                    let found = try model.predict(customer)
                    precondition(found == expected, "a prediction changed")
                }
            }
            return Measurement(
                name == "seed" ? "prediction.model" : "prediction.\(name)",
                "single prediction with `\(name)`, typed row to probability",
                unit: "µs",
                values: seconds.map { $0 / Double(calls) * 1e6 }
            )
        }
    }
}
