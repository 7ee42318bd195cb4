/// Finds the widest gap of unsorted samples without sorting most of them.
///
/// Values are counted in equally wide buckets. That gives the gap at the end of each bucket; within
/// one, it can only move by what the bucket holds. A bucket in which it cannot pass the widest of all
/// ends is done with, and so is one that holds one value only; the few others are searched in the same
/// way. On samples from one distribution that is two passes over the data, many times faster than a
/// sort.
package struct GapSearch {
    package private(set) var widest: WidestGap
    /// A gap that is known to be reached somewhere: narrower ones need no search.
    private var reached = 0

    /// Searches two samples.
    ///
    /// - Parameters:
    ///   - reference: Shape [n], numbers in any order.
    ///   - current: Shape [m].
    ///   - range: Holds all of them.
    /// - Complexity: O(*n* + *m*).
    package init(_ reference: [Double], _ current: [Double], range: ValueRange) {
        widest = WidestGap(referenceCount: reference.count, currentCount: current.count)
        search(reference, current, range: range, start: 0, depth: 0)
    }

    private mutating func search(
        _ reference: [Double],
        _ current: [Double],
        range: ValueRange,
        start: Int,
        depth: Int
    ) {
        guard range.low < range.high else {
            let end = start + reference.count * widest.rise - current.count * widest.fall
            return widest.note(end, at: range.low)
        }
        let total = reference.count + current.count
        guard total > 4_096, depth < 4,
            let buckets = Buckets(
                range,
                values: reference.count < current.count ? current : reference,
                count: min(1 << 14, total / 32)
            )
        else {
            var (one, other) = (reference, current)
            radixSort(&one)
            radixSort(&other)
            return widest.merge(one, other, start: start)
        }
        let counted = Counted(
            reference: buckets.contents(of: reference),
            current: buckets.contents(of: current),
            start: start,
            units: widest
        )
        reached = max(reached, counted.reached)
        let open = counted.spans.indices.map { bucket in
            counted.isMixed(bucket, buckets.atoms) && isPromising(counted.spans[bucket])
        }
        let one = buckets.values(of: reference, contents: counted.reference, open: open)
        let other = buckets.values(of: current, contents: counted.current, open: open)
        var bucket = 0
        while bucket < open.count {
            let first = bucket
            bucket += 1
            guard open[first] else {
                let span = counted.spans[first]
                // An atom alone; else it is not promising and `note` would not take it either.
                if !buckets.atoms.isEmpty, !counted.isMixed(first, buckets.atoms), span.isFilled {
                    widest.note(span.end, at: buckets.atoms[first])
                }
                continue
            }
            while bucket < open.count, open[bucket],
                one.starts[bucket] - one.starts[first] < 1 << 16
            {
                bucket += 1
            }
            guard counted.spans[first ..< bucket].contains(where: isPromising) else { continue }
            let part = Array(one.values[one.starts[first] ..< one.starts[bucket]])
            let otherPart = Array(other.values[other.starts[first] ..< other.starts[bucket]])
            search(
                part,
                otherPart,
                range: ValueRange(part, otherPart),
                start: counted.spans[first].start,
                depth: depth + 1
            )
        }
    }

    /// Whether a bucket may hold a gap that is wider than all, or the first of the widest.
    private func isPromising(_ span: Counted.Span) -> Bool {
        span.furthest >= max(reached, Int(widest.gap.magnitude) + 1)
    }
}

/// Both samples counted by bucket.
private struct Counted {
    /// How the gap moves through a bucket.
    struct Span {
        /// Below the bucket.
        var start: Int
        /// Above the bucket.
        var end: Int
        /// What no gap within can pass.
        var furthest: Int
        /// Whether the bucket holds a value.
        var isFilled: Bool
    }

    let reference: [Buckets.Content]
    let current: [Buckets.Content]
    private(set) var spans: [Span] = []
    /// The widest gap at a bucket's end.
    private(set) var reached = 0

    init(
        reference: [Buckets.Content],
        current: [Buckets.Content],
        start: Int,
        units: WidestGap
    ) {
        self.reference = reference
        self.current = current
        spans.reserveCapacity(reference.count)
        var gap = start
        for bucket in reference.indices {
            let up = Int(reference[bucket].count) * units.rise
            let down = Int(current[bucket].count) * units.fall
            let isFilled = up + down > 0
            let furthest = isFilled ? max(gap + up, down - gap) : 0
            spans.append(
                Span(start: gap, end: gap + up - down, furthest: furthest, isFilled: isFilled)
            )
            gap += up - down
            reached = max(reached, Int(gap.magnitude))
        }
    }

    /// Whether a bucket may hold different values.
    func isMixed(_ bucket: Int, _ atoms: [Double]) -> Bool {
        atoms.isEmpty || atoms[bucket].isNaN
            || reference[bucket].strays + current[bucket].strays > 0
    }
}
