/// Copies rows of a row-major matrix into a block, one row a lane.
///
/// - Parameters:
///   - rows: The rows to take, in lane order; at most as many as the block has lanes.
///   - matrix: Shape [rowCount, units], row-major.
///   - workspace: Receives the block.
///   - block: Where; lanes beyond `rows` become 0.
/// - Complexity: O(units · lanes).
public func gather(
    rows: ArraySlice<Int32>,
    of matrix: [Float],
    into workspace: inout [Float],
    block: Block
) {
    precondition(rows.count <= block.lanes, "more rows than lanes")
    precondition(block.offset >= 0 && block.end <= workspace.count, "block out of workspace")
    let units = block.units
    unsafe matrix.withUnsafeBufferPointer { matrix in
        unsafe workspace.withUnsafeMutableBufferPointer { workspace in
            guard let m = matrix.baseAddress, let w = workspace.baseAddress else { return }
            for row in rows {
                precondition(
                    row >= 0 && (Int(row) &+ 1) &* units <= matrix.count,
                    "row out of matrix"
                )
            }
            unsafe rows.withUnsafeBufferPointer { rows in
                for tile in stride(from: 0, to: block.lanes, by: 32) {
                    let width = min(32, block.lanes - tile)
                    let filled = max(0, min(width, rows.count - tile))
                    let target = unsafe w + block.offset + tile * units
                    for lane in 0 ..< filled {
                        var source = unsafe m + Int(rows[tile + lane]) * units
                        var place = unsafe target + lane
                        for _ in 0 ..< units {
                            unsafe place.pointee = source.pointee
                            unsafe place += width
                            unsafe source += 1
                        }
                    }
                    for lane in filled ..< width {
                        for unit in 0 ..< units { unsafe target[unit * width + lane] = 0 }
                    }
                }
            }
        }
    }
}

/// The transpose of a feature-major matrix: the row-major matrix that `gather` reads.
///
/// - Parameters:
///   - values: Shape [units, stride], feature-major.
///   - units: Number of features.
///   - stride: Distance from one feature to the next.
///   - rows: Number of rows, at most `stride`.
/// - Returns: Shape [rows, units], row-major.
/// - Complexity: O(units · rows).
public func rowMajor(_ values: [Float], units: Int, stride: Int, rows: Int) -> [Float] {
    precondition(rows <= stride && units * stride <= values.count, "matrix too short")
    return unsafe [Float](unsafeUninitializedCapacity: rows * units) { result, count in
        for unit in 0 ..< units {
            for row in 0 ..< rows {
                unsafe result[row * units + unit] = values[unit * stride + row]
            }
        }
        count = rows * units
    }
}

/// Copies lanes of a feature-major matrix into a block.
///
/// - Parameters:
///   - values: Shape [units, stride].
///   - stride: Distance from one feature to the next.
///   - lane: The first lane to take, and `block.lanes` from there on.
///   - workspace: Receives the block.
///   - block: Where.
/// - Complexity: O(units · lanes).
public func copyLanes(
    of values: [Float],
    stride: Int,
    from lane: Int,
    into workspace: inout [Float],
    block: Block
) {
    precondition(lane >= 0 && lane + block.lanes <= stride, "lanes out of matrix")
    precondition(block.units * stride <= values.count, "matrix too short")
    precondition(block.offset >= 0 && block.end <= workspace.count, "block out of workspace")
    unsafe values.withUnsafeBufferPointer { values in
        unsafe workspace.withUnsafeMutableBufferPointer { workspace in
            guard let v = values.baseAddress, let w = workspace.baseAddress else { return }
            for tile in Swift.stride(from: 0, to: block.lanes, by: 32) {
                for unit in 0 ..< block.units {
                    unsafe (w + block.place(unit: unit, lane: tile)).update(
                        from: v + unit * stride + lane + tile,
                        count: min(32, block.lanes - tile)
                    )
                }
            }
        }
    }
}
