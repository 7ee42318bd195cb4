import Foundation
import Schema
import Tabular

let args = CommandLine.arguments
let text = try String(contentsOfFile: args[1], encoding: .utf8)
var lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
let header = lines.removeFirst()
if args.count > 4, let n = Int(args[4]) { lines = Array(lines.prefix(n)) }
let batch = RecordBatch(columnCount: header.count, rows: lines)
let target = args[2] == "-" ? nil : args[2]
let clock = ContinuousClock()
do {
    var result: InferredSchema?
    let t = try clock.measure { result = try SchemaInference(target: target).infer(header: header, batches: [batch]) }
    let r = result!
    if args.count > 3, args[3] == "yaml" { print(r.yaml()) }
    for row in r.summary { print(row.joined(separator: " | ")) }
    print("identifier", r.schema.identifier ?? "-", "target", r.schema.target, r.positiveCount, "of", r.rowCount, t)
    for l in r.leaks { print(l) }
    let back = try StrictMapping.read(r.yaml(), file: "retain.yaml") { y throws(YAMLProblem) in try Schema(yaml: &y) }
    print("same", back == r.schema)
    let d = try SchemaDecoder(r.schema, header: header, needsTarget: true)
    var decoded: DecodedBatch?
    let t2 = clock.measure { decoded = d.decode(batch) }
    print("decode", t2, decoded!.violations.count, decoded!.table.names)
    for v in decoded!.violations.prefix(5) { print(v) }
} catch { print("ERROR", error) }
