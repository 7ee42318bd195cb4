private import Kernels

/// How the learning rate changes during training, as a factor on its base.
public enum LearningRateSchedule: Codable, Equatable, Sendable {
    /// Always the base.
    case constant
    /// Falls from epoch to epoch by this ratio.
    case exponential(ratio: Double)
    /// Half a cosine from the base to 0, a little at each step (Loshchilov and Hutter, "SGDR", ICLR
    /// 2017, without restarts).
    case cosine
    /// The base for the first half of the steps, then half a cosine to 0.
    case flatThenCosine

    /// The factor at one step.
    ///
    /// - Parameters:
    ///   - epoch: From 1.
    ///   - progress: Share of all steps that are done, 0 at the first and below 1 at the last.
    /// - Returns: What the base learning rate is multiplied by.
    public func factor(epoch: Int, progress: Double) -> Double {
        switch self {
        case .constant: 1
        case .exponential(let ratio):
            (1 ..< max(1, epoch)).reduce(1) { product, _ in product * ratio }
        case .cosine: Self.halfCosine(progress)
        case .flatThenCosine: Self.halfCosine(2 * progress - 1)
        }
    }

    private static func halfCosine(_ progress: Double) -> Double {
        (1 + Elementary.cosine(.pi * min(max(progress, 0), 1))) / 2
    }
}
