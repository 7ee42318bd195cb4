import Campaign
import Schema

/// Rows in the binary form of COPY (https://www.postgresql.org/docs/current/sql-copy.html), sent in pieces.
struct PostgresCopy {
    private let path: String
    private var bytes: [UInt8]
    private var text: [UInt8] = []

    /// Signature, flags, and the length of an extension that there is not.
    private static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    /// Bytes of a piece.
    private static let piece = 1 << 18

    /// - Parameter path: The record, as errors name it.
    init(_ path: String) { (self.path, bytes) = (path, Self.header) }

    /// Adds predictions, with columns as `PostgresSession` names them.
    ///
    /// - Throws: `RecordStoreError` for a name that no service gives, and what sending throws.
    mutating func add(_ numbered: NumberedBatch, _ send: ([UInt8]) throws -> Void) throws {
        let batch = numbered.batch
        for row in 0 ..< batch.count {
            let name = batch.names[batch.name(of: row)]
            guard let (uuid, place) = PostgresName.parsed(name) else {
                throw RecordStoreError(
                    path: path,
                    problem:
                        "the prediction's name \"\(String(decoding: name, as: UTF8.self))\" is no UUID",
                    fix: "name predictions as PredictionID does"
                )
            }
            begin(fields: 10)
            append(uuid)
            append(Int32(place))
            append(batch.times[row])
            append(numbered.model)
            let customer = batch.model.keepsIdentifier ? batch.customers[row] : nil
            append(customer.map { PostgresArgument.indexable($0) })
            append(Double(batch.probabilities[row]))
            if let shadow = numbered.shadow, let answer = batch.shadow?.probabilities[row] {
                append(shadow)
                append(Double(answer))
            } else {
                appendNull()
                appendNull()
            }
            text.removeAll(keepingCapacity: true)
            batch.model.write(batch.rows[row: row], to: &text)
            append(text)
            append(batch.asOf.isEmpty ? nil : batch.asOf[row].description)
            try sendWhole(send)
        }
    }

    /// Adds members of a campaign.
    mutating func add(
        _ members: [CampaignMember],
        of campaign: Int64,
        _ send: ([UInt8]) throws -> Void
    ) throws {
        for member in members {
            begin(fields: 10)
            append(campaign)
            append(Int64(member.rank))
            append(PostgresArgument.indexable(member.customer))
            append(member.arm.rawValue)
            append(Int64(member.block))
            append(member.offer)
            append(member.probability)
            append(member.value)
            append(member.expectedProfit)
            append(member.expectedCost)
            try sendWhole(send)
        }
    }

    /// Ends the rows.
    mutating func end(_ send: ([UInt8]) throws -> Void) throws {
        appendWhole(Int16(-1))
        try send(bytes)
    }

    private mutating func sendWhole(_ send: ([UInt8]) throws -> Void) throws {
        guard bytes.count >= Self.piece else { return }
        try send(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func begin(fields: Int16) { appendWhole(fields) }

    private mutating func appendNull() { appendWhole(Int32(-1)) }

    private mutating func append(_ value: Int32) {
        appendWhole(Int32(4))
        appendWhole(value)
    }

    private mutating func append(_ value: Int64) {
        appendWhole(Int32(8))
        appendWhole(value)
    }

    private mutating func append(_ value: Double) {
        appendWhole(Int32(8))
        appendWhole(value.bitPattern)
    }

    private mutating func append(_ value: [UInt8]) {
        appendWhole(Int32(value.count))
        bytes += value
    }

    private mutating func append(_ value: String?) {
        guard let value else { return appendNull() }
        append(Array(PostgresArgument.storable(value).utf8))
    }

    /// The most significant byte first.
    private mutating func appendWhole(_ value: some FixedWidthInteger) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
