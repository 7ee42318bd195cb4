import Logging
import PredictionLog

extension ServeSettings {
    /// Opens the file of predictions, where they are kept.
    func log() throws(PredictionLogError) -> PredictionLog? {
        guard let database else { return nil }
        return try PredictionLog(database, retention: retention)
    }

    /// Writes to standard error in the form and from the level that are set.
    func logger() -> Logger {
        let isJSON = isJSON
        var logger = Logger(label: "retain") { label in
            if isJSON { return JSONLogHandler() }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = logLevel
        return logger
    }
}
