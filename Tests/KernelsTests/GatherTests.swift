import Kernels
import Testing

@Suite struct GatherTests {
    static let units = [1, 3, 16]
    static let lanes = [8, 24, 32, 40, 64, 104]

    @Test(arguments: units, lanes) func `rows become lanes`(units: Int, lanes: Int) {
        let matrix = numbers(200 * units, seed: 1)
        var generator = SeededGenerator(seed: 2)
        let order = generator.permutation(200)
        let block = Block(offset: 3, units: units, lanes: lanes)
        for count in [0, 1, lanes - 7, lanes] {
            var workspace = [Float](repeating: 7, count: block.end + 3)
            // A slice that does not begin at 0.
            gather(rows: order[50 ..< 50 + count], of: matrix, into: &workspace, block: block)
            for unit in 0 ..< units {
                for lane in 0 ..< lanes {
                    let value = workspace[block.place(unit: unit, lane: lane)]
                    let row = Int(order[50 + lane])
                    #expect(value == (lane < count ? matrix[row * units + unit] : 0))
                }
            }
            #expect(workspace.prefix(3) == [7, 7, 7] && workspace.suffix(3) == [7, 7, 7])
        }
    }

    @Test(arguments: units, lanes) func `lanes of a matrix are copied`(units: Int, lanes: Int) {
        let stride = 136
        let matrix = numbers(units * stride, seed: 3)
        let block = Block(offset: 3, units: units, lanes: lanes)
        for start in [0, 8, stride - lanes] {
            var workspace = [Float](repeating: 7, count: block.end + 3)
            copyLanes(of: matrix, stride: stride, from: start, into: &workspace, block: block)
            let expected = (0 ..< units).flatMap { unit in
                matrix[unit * stride + start ..< unit * stride + start + lanes]
            }
            #expect(block.plain(workspace) == expected)
            #expect(workspace.prefix(3) == [7, 7, 7] && workspace.suffix(3) == [7, 7, 7])
        }
    }

    @Test(arguments: units, [0, 1, 9, 16]) func `a transpose`(units: Int, rows: Int) {
        let matrix = numbers(units * 16, seed: 4)
        let result = rowMajor(matrix, units: units, stride: 16, rows: rows)
        #expect(result.count == rows * units)
        for row in 0 ..< rows {
            for unit in 0 ..< units {
                #expect(result[row * units + unit] == matrix[unit * 16 + row])
            }
        }
    }

    @Test(arguments: [Int32(-1), 4]) func `a row that is not there stops`(row: Int32) async {
        await #expect(processExitsWith: .failure) { [row] in
            var workspace = [Float](repeating: 0, count: 16)
            let block = Block(offset: 0, units: 2, lanes: 8)
            gather(rows: [row], of: [1, 2, 3, 4, 5, 6, 7, 8], into: &workspace, block: block)
        }
    }
}
