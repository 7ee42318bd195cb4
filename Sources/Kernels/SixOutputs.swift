/// Six outputs of 16 lanes of a tile, as `denseProduct` says.
@inline(__always)
func sixOutputs(
    coefficients: UnsafePointer<Float>,
    outputStride: Int,
    inputStride: Int,
    start: UnsafePointer<Float>?,
    from: UnsafeMutablePointer<Float>,
    inputs: Int,
    to: UnsafeMutablePointer<Float>,
    place: Int,
    finish: (Lanes, _ place: Int) -> Lanes
) {
    func first(_ output: Int) -> Lanes { unsafe Lanes(repeating: start?[output] ?? 0) }
    var s00 = first(0), s01 = s00
    var s10 = first(1), s11 = s10
    var s20 = first(2), s21 = s20
    var s30 = first(3), s31 = s30
    var s40 = first(4), s41 = s40
    var s50 = first(5), s51 = s50
    var x = unsafe from
    var c = unsafe coefficients
    for _ in 0 ..< inputs {
        let x0 = unsafe x.lanes(0)
        let x1 = unsafe x.lanes(8)
        let c0 = unsafe Lanes(repeating: c[0])
        s00.addProduct(c0, x0)
        s01.addProduct(c0, x1)
        let c1 = unsafe Lanes(repeating: c[outputStride])
        s10.addProduct(c1, x0)
        s11.addProduct(c1, x1)
        let c2 = unsafe Lanes(repeating: c[2 &* outputStride])
        s20.addProduct(c2, x0)
        s21.addProduct(c2, x1)
        let c3 = unsafe Lanes(repeating: c[3 &* outputStride])
        s30.addProduct(c3, x0)
        s31.addProduct(c3, x1)
        let c4 = unsafe Lanes(repeating: c[4 &* outputStride])
        s40.addProduct(c4, x0)
        s41.addProduct(c4, x1)
        let c5 = unsafe Lanes(repeating: c[5 &* outputStride])
        s50.addProduct(c5, x0)
        s51.addProduct(c5, x1)
        unsafe x += 32
        unsafe c += inputStride
    }
    func store(_ one: Lanes, _ two: Lanes, _ output: Int) {
        let place = place &+ 32 &* output
        unsafe to.store(finish(one, place), place)
        unsafe to.store(finish(two, place &+ 8), place &+ 8)
    }
    store(s00, s01, 0)
    store(s10, s11, 1)
    store(s20, s21, 2)
    store(s30, s31, 3)
    store(s40, s41, 4)
    store(s50, s51, 5)
}
