import Foundation
import Schema
import Tabular
import Wire

/// A column of each kind.
private let schema = Schema(
    target: .init(column: "Left", positive: "1", negative: "0"),
    identifier: "Id",
    columns: [
        ColumnSchema(name: "Id", role: .identifier, type: .text),
        ColumnSchema(name: "Age", role: .feature, type: .number(minimum: 18, maximum: 100)),
        ColumnSchema(
            name: "Sum",
            role: .feature,
            type: .number(minimum: nil, maximum: nil),
            nulls: .impute
        ),
        ColumnSchema(name: "Land", role: .feature, type: .levels(["A", "B", "Ü"])),
        ColumnSchema(
            name: "Plan",
            role: .feature,
            type: .levels(["x", "y"]),
            nulls: .impute,
            unseen: .other
        ),
        ColumnSchema(name: "Card", role: .feature, type: .boolean(no: "0", yes: "1")),
        ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
    ]
)
private let customers = CustomerDecoder(schema)
private let outcomes = OutcomeDecoder(schema)

/// What libFuzzer calls: the first byte chooses the reader, the rest is the request.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let body = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    switch start[0] % 7 {
    case 0: tryCustomers(body)
    case 1: check(try? customers.frame(body))
    case 2: check(try? customers.inference(body).rows)
    case 3:
        // The second byte is the length of the JSON before binary tensors.
        check(
            try? customers.inference(Array(body.dropFirst()), headerLength: Int(body.first ?? 0))
                .rows
        )
    case 4: check(try? customers.table(body))
    case 5: _ = try? outcomes.outcomes(body)
    default: tryArrow(body)
    }
    return 0
}

/// libFuzzer's own program, with what is tried.
@_silgen_name("LLVMFuzzerRunDriver")
private func run(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ target: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// Where the package manager lets programs begin.
@_cdecl("FuzzWire_main")
public func begin(
    _ count: CInt,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
    var (count, arguments) = (count, arguments)
    return run(&count, &arguments, { fuzz($0, $1) })
}

/// One customer is read as the same customer in a list is, and what is read as JSON is JSON.
private func tryCustomers(_ body: [UInt8]) {
    let alone = try? customers.customers(body)
    check(alone)
    guard let alone else { return }
    precondition(
        (try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)) != nil
            || String(decoding: body, as: UTF8.self).contains { "eE0123456789\\".contains($0) },
        "Foundation does not read it"
    )
    guard alone.isSingle else { return }
    let listed = try? customers.customers([UInt8(ascii: "[")] + body + [UInt8(ascii: "]")])
    guard let listed else { preconditionFailure("a customer alone, but not in a list") }
    precondition(listed.problems.map(\.problem) == alone.problems.map(\.problem))
    precondition(listed.identifiers == alone.identifiers)
    precondition(listed.coded.values.map(\.bitPattern) == alone.coded.values.map(\.bitPattern))
}

/// A stream of Arrow gives as many values as rows, or is refused.
private func tryArrow(_ body: [UInt8]) {
    guard var reader = try? CSVReader(arrow: body, named: "the body") else { return }
    while let batch = try? reader.nextChunk()?.parsed() {
        for column in reader.header.indices {
            precondition(batch.texts(column: column).count == batch.rowCount)
            precondition(batch.numbers(column: column).values.count == batch.rowCount)
            precondition(batch.codes(column: column, levels: ["A"]).count == batch.rowCount)
        }
    }
}

/// There is a value for each feature of each customer, and codes are those of levels.
private func check(_ rows: CustomerRows?) {
    guard let rows, rows.problems.isEmpty else { return }
    let width = schema.features.count
    precondition(rows.coded.values.count == rows.count * width, "\(rows.coded.values.count) values")
    for row in 0 ..< rows.count {
        for (place, feature) in schema.features.enumerated() {
            let value = rows.coded.values[row * width + place]
            if let levels = feature.type.coding?.levels {
                precondition(
                    value >= -2 && value < Double(levels.count) && value == value.rounded()
                )
            } else if feature.nulls == .error {
                precondition(!value.isNaN)
            }
        }
    }
}
