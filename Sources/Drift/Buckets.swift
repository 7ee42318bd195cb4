/// A sample counted in buckets of neighbouring numbers, the smaller numbers in the lower ones.
struct Buckets {
    /// How much of a sample one bucket holds.
    struct Content {
        /// Number of values.
        var count: Int32 = 0
        /// How many of them are not the bucket's atom.
        var strays: Int32 = 0
    }

    /// Number of buckets.
    let count: Int
    /// By bucket one value that lies in it, NaN where none is known; empty where no value repeats.
    private(set) var atoms: [Double] = []
    private let scale: Scale

    /// Both are known by name, so that each loop is compiled for each.
    private enum Scale {
        case even(EvenScale)
        case growing(GrowingScale)
    }

    /// Cuts a range after a look at 4,096 of its values.
    ///
    /// Where a long tail would stretch the buckets, only the part is cut in which all but the 128th part
    /// of them at either end lie.
    ///
    /// - Returns: Nil where the width of the range or of a bucket is no usable number.
    init?(_ range: ValueRange, values: [Double], count: Int) {
        self.count = count
        let every = max(1, values.count / 4_096)
        let probe = stride(from: 0, to: values.count, by: every).map { values[$0] }.sorted()
        var ends = (probe[probe.count / 128], probe[probe.count - 1 - probe.count / 128])
        let growing = GrowingScale(from: ends.0, to: ends.1, count: count)
        let isTailed = ends.1 - ends.0 < (range.high - range.low) / 8
        if ends.0 == ends.1 || !isTailed { ends = (range.low, range.high) }
        guard let even = EvenScale(from: ends.0, to: ends.1, count: count) else { return nil }
        var crowding = even.crowding(probe)
        if let growing, growing.crowding(probe) < crowding / 2 {
            scale = .growing(growing)
            crowding = growing.crowding(probe)
        } else {
            scale = .even(even)
        }
        var repeats = 0
        for place in probe.indices.dropFirst() where probe[place] == probe[place - 1] {
            repeats += 1
        }
        guard repeats > max(64, crowding / 16) else { return }
        atoms =
            switch scale {
            case .even(let scale): atoms(in: probe, scale)
            case .growing(let scale): atoms(in: probe, scale)
            }
    }

    private func atoms(in probe: [Double], _ scale: some BucketScale) -> [Double] {
        var atoms = [Double](repeating: .nan, count: count)
        for value in probe { atoms[scale.place(value)] = value }
        return atoms
    }

    /// What each bucket holds; shape [count].
    ///
    /// Without atoms all values are strays, which goes unsaid.
    func contents(of values: [Double]) -> [Content] {
        switch scale {
        case .even(let scale): contents(of: values, scale)
        case .growing(let scale): contents(of: values, scale)
        }
    }

    private func contents(of values: [Double], _ scale: some BucketScale) -> [Content] {
        var contents = [Content](repeating: Content(), count: count)
        if atoms.isEmpty {
            for value in values { contents[scale.place(value)].count &+= 1 }
        } else {
            for value in values {
                let bucket = scale.place(value)
                contents[bucket].strays &+= atoms[bucket] == value ? 0 : 1
                contents[bucket].count &+= 1
            }
        }
        return contents
    }

    /// The values of the open buckets, those of lower buckets first, and where each bucket's begin:
    /// shape [count + 1].
    func values(
        of values: [Double],
        contents: [Content],
        open: [Bool]
    ) -> (values: [Double], starts: [Int]) {
        var starts: [Int] = []
        starts.reserveCapacity(count + 1)
        var kept = 0
        for bucket in 0 ..< count {
            starts.append(kept)
            if open[bucket] { kept += Int(contents[bucket].count) }
        }
        starts.append(kept)
        guard kept > 0 else { return ([], starts) }
        return switch scale {
        case .even(let scale): (part(of: values, starts: starts, open: open, scale), starts)
        case .growing(let scale): (part(of: values, starts: starts, open: open, scale), starts)
        }
    }

    private func part(
        of values: [Double],
        starts: [Int],
        open: [Bool],
        _ scale: some BucketScale
    ) -> [Double] {
        var next = starts
        let kept = starts[count]
        // One place more, for what is not kept.
        var part = [Double](repeating: 0, count: kept + 1)
        if kept < values.count / 16 {
            for value in values {
                let bucket = scale.place(value)
                guard open[bucket] else { continue }
                part[next[bucket]] = value
                next[bucket] &+= 1
            }
        } else {
            // A processor cannot foresee which values are kept, so none are skipped.
            for bucket in 0 ..< count where !open[bucket] { next[bucket] = kept }
            for value in values {
                let bucket = scale.place(value)
                let place = next[bucket]
                part[place] = value
                next[bucket] = place &+ (place < kept ? 1 : 0)
            }
        }
        part.removeLast()
        return part
    }
}
