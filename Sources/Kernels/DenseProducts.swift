// The register-blocked loops behind the dense layer. `DenseReference` has the same sums in plain form.

/// to[a] = finish(start[a] + Σ_b coefficients[a · outputStride + b · inputStride] · from[b]), per lane.
///
/// Six outputs by 16 lanes at a time: 12 accumulators, 2 inputs and a coefficient fill 15 of AVX2's 16
/// registers, and 12 multiply-adds cost 8 loads. What is left of the outputs goes two by 32 lanes. b runs in
/// order, so each result is one chain of fused multiply-adds, whatever the blocking.
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
    var lane = 0
    while lane + 32 <= lanes {
        var a = 0
        while a &+ 6 <= outputs {
            for half in 0 ..< 2 {
                unsafe sixOutputs(
                    coefficients: coefficients + a &* outputStride,
                    outputStride: outputStride,
                    inputStride: inputStride,
                    start: start.map { unsafe $0 + a },
                    from: from + (lane &* inputs &+ 16 &* half),
                    inputs: inputs,
                    to: to,
                    place: lane &* outputs &+ a &* 32 &+ 16 &* half,
                    finish: finish
                )
            }
            a &+= 6
        }
        while a < outputs {
            // The last output of an odd count is computed twice rather than by code of its own.
            let second = min(a + 1, outputs - 1)
            let row0 = unsafe coefficients + a * outputStride
            let row1 = unsafe coefficients + second * outputStride
            let start0 = unsafe Lanes(repeating: start?[a] ?? 0)
            let start1 = unsafe Lanes(repeating: start?[second] ?? 0)
            var s00 = start0, s01 = start0, s02 = start0, s03 = start0
            var s10 = start1, s11 = start1, s12 = start1, s13 = start1
            var x = unsafe from + lane * inputs
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
                unsafe x += 32
                place += inputStride
            }
            let place0 = lane * outputs + a * 32
            let place1 = lane * outputs + second * 32
            unsafe to.store(finish(s10, place1), place1)
            unsafe to.store(finish(s11, place1 + 8), place1 + 8)
            unsafe to.store(finish(s12, place1 + 16), place1 + 16)
            unsafe to.store(finish(s13, place1 + 24), place1 + 24)
            unsafe to.store(finish(s00, place0), place0)
            unsafe to.store(finish(s01, place0 + 8), place0 + 8)
            unsafe to.store(finish(s02, place0 + 16), place0 + 16)
            unsafe to.store(finish(s03, place0 + 24), place0 + 24)
            a += 2
        }
        lane += 32
    }
    let width = lanes - lane
    guard width > 0 else { return }
    for a in 0 ..< outputs {
        var part = 0
        while part < width {
            var sum = unsafe Lanes(repeating: start?[a] ?? 0)
            for b in 0 ..< inputs {
                let coefficient = unsafe coefficients[a * outputStride + b * inputStride]
                let x = unsafe from.lanes(lane * inputs + b * width + part)
                sum.addProduct(Lanes(repeating: coefficient), x)
            }
            let place = lane * outputs + a * width + part
            unsafe to.store(finish(sum, place), place)
            part += 8
        }
    }
}

/// Gradients of weights and bias: three inputs by four outputs at a time, 12 accumulators over the lanes,
/// so that 12 multiply-adds cost 7 loads.
@inline(__always)
func denseOuterProduct(
    _ shape: DenseShape,
    input: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>,
    lanes: Int,
    gradients: UnsafeMutablePointer<Float>
) {
    let (inputs, outputs) = (shape.inputs, shape.outputs)
    var i = 0
    while i < inputs {
        // Past the end the last input is computed again rather than by code of its own.
        let i1 = min(i &+ 1, inputs &- 1)
        let i2 = min(i &+ 2, inputs &- 1)
        let row0 = unsafe gradients + (shape.weights &+ i &* outputs)
        let row1 = unsafe gradients + (shape.weights &+ i1 &* outputs)
        let row2 = unsafe gradients + (shape.weights &+ i2 &* outputs)
        var j = 0
        while j &+ 4 <= outputs {
            var s00 = Lanes.zero, s01 = Lanes.zero, s02 = Lanes.zero, s03 = Lanes.zero
            var s10 = Lanes.zero, s11 = Lanes.zero, s12 = Lanes.zero, s13 = Lanes.zero
            var s20 = Lanes.zero, s21 = Lanes.zero, s22 = Lanes.zero, s23 = Lanes.zero
            func add(tile: Int, width: Int) {
                var x = unsafe input + (tile &* inputs &+ i &* width)
                var d = unsafe gradient + (tile &* outputs &+ j &* width)
                let to1 = (i1 &- i) &* width
                let to2 = (i2 &- i) &* width
                for _ in 0 ..< width / 8 {
                    let a = unsafe x.lanes(0)
                    let b = unsafe x.lanes(to1)
                    let c = unsafe x.lanes(to2)
                    let d0 = unsafe d.lanes(0)
                    s00.addProduct(a, d0)
                    s10.addProduct(b, d0)
                    s20.addProduct(c, d0)
                    let d1 = unsafe d.lanes(width)
                    s01.addProduct(a, d1)
                    s11.addProduct(b, d1)
                    s21.addProduct(c, d1)
                    let d2 = unsafe d.lanes(2 &* width)
                    s02.addProduct(a, d2)
                    s12.addProduct(b, d2)
                    s22.addProduct(c, d2)
                    let d3 = unsafe d.lanes(3 &* width)
                    s03.addProduct(a, d3)
                    s13.addProduct(b, d3)
                    s23.addProduct(c, d3)
                    unsafe x += 8
                    unsafe d += 8
                }
            }
            var tile = 0
            while tile &+ 32 <= lanes {
                add(tile: tile, width: 32)
                tile &+= 32
            }
            if tile < lanes { add(tile: tile, width: lanes &- tile) }
            unsafe row0.store(orderedSums(s00, s01, s02, s03), j)
            unsafe row1.store(orderedSums(s10, s11, s12, s13), j)
            unsafe row2.store(orderedSums(s20, s21, s22, s23), j)
            j &+= 4
        }
        while j < outputs {
            var s0 = Lanes.zero, s1 = Lanes.zero, s2 = Lanes.zero
            forEachEight(lanes) { tile, width, lane in
                let d = unsafe gradient.lanes(tile &* outputs &+ j &* width &+ lane)
                unsafe s0.addProduct(input.lanes(tile &* inputs &+ i &* width &+ lane), d)
                unsafe s1.addProduct(input.lanes(tile &* inputs &+ i1 &* width &+ lane), d)
                unsafe s2.addProduct(input.lanes(tile &* inputs &+ i2 &* width &+ lane), d)
            }
            unsafe row0[j] = s0.orderedSum
            unsafe row1[j] = s1.orderedSum
            unsafe row2[j] = s2.orderedSum
            j &+= 1
        }
        i &+= 3
    }
    for j in 0 ..< outputs {
        var sum = Lanes.zero
        forEachEight(lanes) { tile, width, lane in
            unsafe sum += gradient.lanes(tile &* outputs &+ j &* width &+ lane)
        }
        unsafe gradients[shape.bias + j] = sum.orderedSum
    }
}

/// Eight lanes after eight lanes: the first lane of the tile, its width, and the place in it.
@inline(__always)
private func forEachEight(_ lanes: Int, _ body: (_ tile: Int, _ width: Int, _ lane: Int) -> Void) {
    var tile = 0
    while tile < lanes {
        let width = min(32, lanes &- tile)
        var lane = 0
        while lane < width {
            body(tile, width, lane)
            lane &+= 8
        }
        tile &+= 32
    }
}
