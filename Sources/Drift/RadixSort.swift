/// Sorts numbers, −0 becoming 0.
///
/// Least significant digit first over the bit patterns, a digit in which all agree left out.
///
/// - Precondition: No value is NaN.
/// - Complexity: O(*n*), with at most eight passes.
func radixSort(_ values: inout [Double]) {
    guard values.count > 512 else {
        for row in values.indices { values[row] += 0 }
        values.sort()
        return
    }
    var keys = values.map(risingKey)
    var spare = [UInt64](repeating: 0, count: keys.count)
    var counts = [Int](repeating: 0, count: 8 * 256)
    for key in keys {
        for digit in 0 ..< 8 { counts[digit << 8 | Int(key >> (8 * UInt64(digit)) & 255)] &+= 1 }
    }
    for digit in 0 ..< 8 {
        let shift = 8 * UInt64(digit)
        guard counts[digit << 8 | Int(keys[0] >> shift & 255)] < keys.count else { continue }
        var next = 0
        for place in digit << 8 ..< (digit + 1) << 8 {
            let count = counts[place]
            counts[place] = next
            next += count
        }
        for key in keys {
            let place = digit << 8 | Int(key >> shift & 255)
            spare[counts[place]] = key
            counts[place] &+= 1
        }
        swap(&keys, &spare)
    }
    for row in values.indices { values[row] = number(risingKey: keys[row]) }
}

/// An integer that rises with the number; 0 and −0 share one.
private func risingKey(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
}

private func number(risingKey key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 0 ? ~key : key & ~(1 << 63))
}
