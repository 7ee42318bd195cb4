/// The places of numbers from the greatest to the least; equals stay in their order.
///
/// - Parameter values: Above 0, finite.
/// - Returns: Shape of `values`.
/// - Complexity: O(*n*): a radix sort, byte by byte of their bits, which order positive numbers as their values do.
func descendingOrder(_ values: [Double]) -> [UInt32] {
    // Inverted, so that the greatest comes first.
    var keys = values.map { ~$0.bitPattern }
    var order = (0 ..< UInt32(values.count)).map(\.self)
    var nextKeys = keys
    var nextOrder = order
    for shift in stride(from: 0, to: 64, by: 8) {
        var starts = [Int](repeating: 0, count: 257)
        for key in keys { starts[Int(truncatingIfNeeded: key >> UInt64(shift)) & 255 + 1] += 1 }
        if starts.contains(values.count) { continue }
        for bucket in 1 ..< 257 { starts[bucket] += starts[bucket - 1] }
        for place in keys.indices {
            let bucket = Int(truncatingIfNeeded: keys[place] >> UInt64(shift)) & 255
            nextKeys[starts[bucket]] = keys[place]
            nextOrder[starts[bucket]] = order[place]
            starts[bucket] += 1
        }
        swap(&keys, &nextKeys)
        swap(&order, &nextOrder)
    }
    return order
}
