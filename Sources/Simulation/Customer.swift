/// One simulated customer before the row is written.
///
/// The numeric columns stand side by side in one vector, so that drift is one multiplication and one
/// addition; a value is always a whole number of hundredths, as it is written.
struct Customer {
    var surname: Int
    var country: Country
    var isFemale: Bool
    var hasCreditCard: Bool
    var isActive: Bool
    var card: Int
    var numbers: SIMD8<Double>

    subscript(column: NumericColumn) -> Double {
        get { numbers[column.rawValue] }
        set { numbers[column.rawValue] = newValue }
    }
}

enum Country: Int {
    case france, germany, spain
}

/// The columns that drift can shift or scale, in the order of the file.
enum NumericColumn: Int, CaseIterable {
    case creditScore, age, tenure, balance, products, salary, satisfaction, points

    var name: String {
        switch self {
        case .creditScore: "CreditScore"
        case .age: "Age"
        case .tenure: "Tenure"
        case .balance: "Balance"
        case .products: "NumOfProducts"
        case .salary: "EstimatedSalary"
        case .satisfaction: "Satisfaction Score"
        case .points: "Point Earned"
        }
    }
}
