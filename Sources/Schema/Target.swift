extension Schema {
    /// The target and which of its levels mean that the customer left or stayed.
    ///
    /// A row without a value says neither, and is left out of whatever needs the truth.
    public struct Target: Codable, Equatable, Sendable {
        /// Name of the column.
        public var column: String
        /// The level that counts as 1, as it stands in the file.
        public var positive: String
        /// The level that counts as 0, as it stands in the file.
        public var negative: String
        /// What a row with any other level means.
        public var others: OtherLevels {
            get { othersGiven ?? .error }
            set { othersGiven = newValue == .error ? nil : newValue }
        }
        /// Nil for most targets, so that files which know nothing of it are read and written as ever.
        private var othersGiven: OtherLevels?

        private enum CodingKeys: String, CodingKey {
            case column, positive, negative
            case othersGiven = "others"
        }

        /// Creates a target.
        public init(
            column: String,
            positive: String,
            negative: String,
            others: OtherLevels = .error
        ) {
            self.column = column
            self.positive = positive
            self.negative = negative
            othersGiven = others == .error ? nil : others
        }
    }
}

/// What a row means whose target is neither the positive nor the negative level.
public enum OtherLevels: String, Codable, CaseIterable, Sendable {
    /// The row breaks the schema.
    case error
    /// It is not known yet whether the customer leaves: the row is left out and counted.
    case exclude
    /// The customer has not left, like those with the negative level.
    case negative
}
