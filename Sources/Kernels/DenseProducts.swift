// The register-blocked loops behind the dense layer. `DenseReference` has the same sums in plain form.

/// to[a] = finish(start[a] + Σ_b coefficients[a · outputStride + b · inputStride] · from[b]), per lane.
///
/// Two outputs by 32 lanes at a time: 8 accumulators, 4 inputs and 2 coefficients fill 14 of AVX2's 16
/// registers, and 8 multiply-adds cost 6 loads. b runs in order, so each result is one chain of
/// fused multiply-adds, whatever the blocking.
@inline(__always)
func denseProduct(
    coefficients: UnsafePointer<Float>,
    outputStride: Int,
    inputStride: Int,
    start: UnsafePointer<Float>?,
    from: UnsafeMutablePointer<Float>,
    inputs: Int,
    to: UnsafeMutablePointer<Float>,
    outputs: Int,
    lanes: Int,
    finish: (Lanes, _ place: Int) -> Lanes
) {
    var a = 0
    while a < outputs {
        let two = a + 1 < outputs
        // The last output of an odd count is computed twice rather than by code of its own.
        let second = two ? a + 1 : a
        let row0 = unsafe coefficients + a * outputStride
        let row1 = unsafe coefficients + second * outputStride
        let start0 = unsafe Lanes(repeating: start?[a] ?? 0)
        let start1 = unsafe Lanes(repeating: start?[second] ?? 0)
        var lane = 0
        while lane + 32 <= lanes {
            var s00 = start0, s01 = start0, s02 = start0, s03 = start0
            var s10 = start1, s11 = start1, s12 = start1, s13 = start1
            var x = unsafe from + lane
            var place = 0
            for _ in 0 ..< inputs {
                let c0 = unsafe Lanes(repeating: row0[place])
                let c1 = unsafe Lanes(repeating: row1[place])
                let x0 = unsafe x.lanes(0)
                let x1 = unsafe x.lanes(8)
                let x2 = unsafe x.lanes(16)
                let x3 = unsafe x.lanes(24)
                s00.addProduct(c0, x0)
                s01.addProduct(c0, x1)
                s02.addProduct(c0, x2)
                s03.addProduct(c0, x3)
                s10.addProduct(c1, x0)
                s11.addProduct(c1, x1)
                s12.addProduct(c1, x2)
                s13.addProduct(c1, x3)
                unsafe x += lanes
                place += inputStride
            }
            let place0 = a * lanes + lane
            let place1 = second * lanes + lane
            unsafe to.store(finish(s10, place1), place1)
            unsafe to.store(finish(s11, place1 + 8), place1 + 8)
            unsafe to.store(finish(s12, place1 + 16), place1 + 16)
            unsafe to.store(finish(s13, place1 + 24), place1 + 24)
            unsafe to.store(finish(s00, place0), place0)
            unsafe to.store(finish(s01, place0 + 8), place0 + 8)
            unsafe to.store(finish(s02, place0 + 16), place0 + 16)
            unsafe to.store(finish(s03, place0 + 24), place0 + 24)
            lane += 32
        }
        while lane < lanes {
            var s0 = start0, s1 = start1
            for b in 0 ..< inputs {
                let x = unsafe from.lanes(b * lanes + lane)
                unsafe s0.addProduct(Lanes(repeating: row0[b * inputStride]), x)
                unsafe s1.addProduct(Lanes(repeating: row1[b * inputStride]), x)
            }
            unsafe to.store(finish(s1, second * lanes + lane), second * lanes + lane)
            unsafe to.store(finish(s0, a * lanes + lane), a * lanes + lane)
            lane += 8
        }
        a += 2
    }
}

/// Gradients of weights and bias: two inputs by four outputs at a time, 8 accumulators over the lanes.
@inline(__always)
func denseOuterProduct(
    _ shape: DenseShape,
    input: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>,
    lanes: Int,
    gradients: UnsafeMutablePointer<Float>
) {
    let weights = unsafe gradients + shape.weights
    var i = 0
    while i < shape.inputs {
        let i1 = min(i + 1, shape.inputs - 1)
        let x0 = unsafe input + i * lanes
        let x1 = unsafe input + i1 * lanes
        var j = 0
        while j < shape.outputs {
            // Past the end the last output is computed again: the same number to the same place.
            let j1 = min(j + 1, shape.outputs - 1)
            let j2 = min(j + 2, shape.outputs - 1)
            let j3 = min(j + 3, shape.outputs - 1)
            let d0 = unsafe gradient + j * lanes
            let d1 = unsafe gradient + j1 * lanes
            let d2 = unsafe gradient + j2 * lanes
            let d3 = unsafe gradient + j3 * lanes
            var s00 = Lanes.zero, s01 = Lanes.zero, s02 = Lanes.zero, s03 = Lanes.zero
            var s10 = Lanes.zero, s11 = Lanes.zero, s12 = Lanes.zero, s13 = Lanes.zero
            var lane = 0
            while lane < lanes {
                let a = unsafe x0.lanes(lane)
                let b = unsafe x1.lanes(lane)
                let c0 = unsafe d0.lanes(lane)
                let c1 = unsafe d1.lanes(lane)
                let c2 = unsafe d2.lanes(lane)
                let c3 = unsafe d3.lanes(lane)
                s00.addProduct(a, c0)
                s01.addProduct(a, c1)
                s02.addProduct(a, c2)
                s03.addProduct(a, c3)
                s10.addProduct(b, c0)
                s11.addProduct(b, c1)
                s12.addProduct(b, c2)
                s13.addProduct(b, c3)
                lane += 8
            }
            let row0 = unsafe weights + i * shape.outputs
            let row1 = unsafe weights + i1 * shape.outputs
            unsafe row0[j] = s00.orderedSum
            unsafe row0[j1] = s01.orderedSum
            unsafe row0[j2] = s02.orderedSum
            unsafe row0[j3] = s03.orderedSum
            unsafe row1[j] = s10.orderedSum
            unsafe row1[j1] = s11.orderedSum
            unsafe row1[j2] = s12.orderedSum
            unsafe row1[j3] = s13.orderedSum
            j += 4
        }
        i += 2
    }
    for j in 0 ..< shape.outputs {
        var sum = Lanes.zero
        var lane = 0
        while lane < lanes {
            unsafe sum += gradient.lanes(j * lanes + lane)
            lane += 8
        }
        unsafe gradients[shape.bias + j] = sum.orderedSum
    }
}
