extension Frame {
    /// The outline of a histogram: equally wide bins over a range of the horizontal axis.
    func drawSteps(
        _ shares: [Double],
        over range: ClosedRange<Double>,
        _ tone: Tone,
        on canvas: inout Canvas
    ) {
        guard !shares.isEmpty else { return }
        let width = (range.upperBound - range.lowerBound) / Double(shares.count)
        var outline = [PlotPoint(across(range.lowerBound), bottom)]
        for (index, share) in shares.enumerated() {
            let start = range.lowerBound + Double(index) * width
            outline.append(PlotPoint(across(start), up(share)))
            outline.append(PlotPoint(across(start + width), up(share)))
        }
        outline.append(PlotPoint(across(range.upperBound), bottom))
        canvas.polygon(outline, "fill faint \(tone.rawValue)")
        canvas.polyline(outline, "line \(tone.rawValue)")
    }
}
