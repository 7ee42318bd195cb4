"""What Scripts/quality.py needs of statistics: how sure a difference between two models is, how much one
model's numbers vary by luck."""

import math
import statistics

CONFIDENCE = 0.95


class Metric:
    def __init__(self, key, name_in_retain, title, higher):
        self.key, self.name_in_retain, self.title, self.higher = key, name_in_retain, title, higher


METRICS = [
    Metric("logLoss", "log_loss", "log loss", False),
    Metric("auc", "roc_auc", "ROC AUC", True),
    Metric("averagePrecision", "pr_auc", "PR AUC", True),
    Metric("accuracy", "accuracy", "accuracy", True),
    Metric("brier", "brier", "Brier score", False),
    Metric("ece", "ece", "ECE", False),
]


class Model:
    """A model's metrics on each fold and hold-out, by the name of the split."""

    def __init__(self, name, ours=False):
        self.name, self.ours = name, ours
        self.folds, self.holdouts = {}, {}
        self.kept, self.seconds = {}, None

    @property
    def label(self):
        return f"**Retain's `{self.name}`**" if self.ours else self.name

    def values(self, metric):
        return [found[metric.key] for found in self.folds.values()]

    def mean(self, metric):
        return statistics.fmean(self.values(metric))


def t_quantile(share, freedom):
    """Student's t by bisection over its density, integrated by Simpson's rule."""
    factor = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    factor /= math.sqrt(freedom * math.pi)

    def below(x, steps=2000):
        def density(t):
            return factor * (1 + t * t / freedom) ** (-(freedom + 1) / 2)

        width = x / steps
        inner = sum((4 if i % 2 else 2) * density(i * width) for i in range(1, steps))
        return 0.5 + width / 3 * (density(0) + inner + density(x))

    low, high = 0.0, 100.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < share else (low, middle)
    return low


class Difference:
    """One model less another on the folds that both have: C. Nadeau and Y. Bengio, "Inference for the
    generalization error", Machine Learning 52, 2003."""

    quantiles = {}

    def __init__(self, one, other, metric, test_per_training_row):
        folds = [fold for fold in one.folds if fold in other.folds]
        found = [one.folds[fold][metric.key] - other.folds[fold][metric.key] for fold in folds]
        self.metric, self.other, self.count = metric, other, len(found)
        self.mean = statistics.fmean(found)
        # Folds share training rows, so their mean varies more than that of independent folds would.
        self.error = math.sqrt((1 / self.count + test_per_training_row) * statistics.variance(found))
        if self.count not in self.quantiles:
            self.quantiles[self.count] = t_quantile((1 + CONFIDENCE) / 2, self.count - 1)
        self.half = self.quantiles[self.count] * self.error
        self.won = sum(value > 0 if metric.higher else value < 0 for value in found)

    @property
    def verdict(self):
        if abs(self.mean) <= self.half:
            return "no"
        return "better" if (self.mean > 0) == self.metric.higher else "worse"


def standard_errors(accuracy, auc, share, rows):
    """Of one model's accuracy (binomial) and AUC (J. Hanley and B. McNeil, Radiology 143, 1982)."""
    ones, zeros = share * rows, (1 - share) * rows
    first, second = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    spread = auc * (1 - auc) + (ones - 1) * (first - auc * auc) + (zeros - 1) * (second - auc * auc)
    return math.sqrt(accuracy * (1 - accuracy) / rows), math.sqrt(spread / (ones * zeros))


def calibrated_ece(pool, rows, draw, runs, bins=15):
    """The ECE of a model whose probabilities are the truth: (mean, the value that 1 run in 20 exceeds)."""
    found = []
    for _ in range(runs):
        gaps = [0.0] * bins
        for p in draw.choices(pool, k=rows):
            gaps[min(int(p * bins), bins - 1)] += p - (draw.random() < p)
        found.append(sum(abs(gap) for gap in gaps) / rows)
    return statistics.fmean(found), sorted(found)[int(0.95 * runs)]


def log_loss(scored):
    """The mean over pairs of probability and label; a certainty that is wrong counts as one of 1e-15."""
    return -statistics.fmean(math.log(max(p if label else 1 - p, 1e-15)) for p, label in scored)


def area(scored):
    """The area under the ROC curve of pairs of probability and label, ties counted half."""
    scored = sorted(scored)
    positives, rank_sum, place = 0, 0.0, 0
    while place < len(scored):
        end = place
        while end < len(scored) and scored[end][0] == scored[place][0]:
            end += 1
        here = sum(label for _, label in scored[place:end])
        rank_sum += here * (place + 1 + end) / 2
        positives += here
        place = end
    return (rank_sum - positives * (positives + 1) / 2) / (positives * (len(scored) - positives))
