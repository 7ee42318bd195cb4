/// A field of a request that breaks the schema.
public struct FieldProblem: Equatable, Sendable, CustomStringConvertible {
    /// Place of the customer in the request, from 0; nil where the request is one customer.
    public let index: Int?
    /// Name of the column, as the schema has it; nil where the customer as a whole is meant.
    public let field: String?
    /// What is wrong and how to mend it.
    public let problem: String

    /// One line, as `customer 3, Age: is missing; add it`.
    public var description: String {
        let place = [index.map { "customer \($0)" }, field].compactMap(\.self)
        return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + problem + "."
    }
}
