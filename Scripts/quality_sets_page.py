"""The section of docs/quality.md on other companies' files: its tables, and what they carry."""

import math
import statistics

from bench import table
from quality_statistics import CONFIDENCE, METRICS, Difference, t_quantile

# Its rows nearly repeat each other, so deep trees remember customers of the test; it would carry the mean alone.
APART = "ecom"
LOSS, AUC = METRICS[:2]
HEADING = "## On other companies' files"


def missing():
    return f"{HEADING}\n\nNot measured with this page: the files were not there."


def kind(peer):
    """`defaults` or `tuned`, from a peer's name, as in `CatBoost (tuned)`."""
    return peer.partition("(")[2].rstrip(")")


class Reference:
    """What a model is compared with on each set: of several peers the one that is best there."""

    def __init__(self, title, chosen):
        self.title, self.chosen = title, chosen

    def peer(self, customers):
        return min((model for name, model in customers.models.items() if not model.ours and self.chosen(name)),
                   key=lambda model: model.mean(LOSS))

    def ratio(self, customers, name):
        return customers.models[name].mean(LOSS) / self.peer(customers).mean(LOSS)


REFERENCES = [
    Reference("CatBoost as it comes", lambda name: name == "CatBoost (defaults)"),
    Reference("the better of the tuned", lambda name: kind(name) == "tuned"),
    Reference("the best of all four", lambda name: True),
]


class MeanRatio:
    """The geometric mean of ratios over sets; its interval by Student's t on their logarithms."""

    def __init__(self, ratios):
        logarithms = [math.log(ratio) for ratio in ratios]
        middle = statistics.fmean(logarithms)
        half = (t_quantile((1 + CONFIDENCE) / 2, len(ratios) - 1)
                * statistics.stdev(logarithms) / math.sqrt(len(ratios)))
        self.mean, self.low, self.high = (math.exp(middle + offset) for offset in (0, -half, half))

    @property
    def text(self):
        return f"{self.mean:.3f} ({self.low:.3f} to {self.high:.3f})"

    @property
    def verdict(self):
        return "better" if self.high < 1 else "worse" if self.low > 1 else "not told apart"


def values(sets, names, metric):
    """A row for each set; the best of a row is bold."""
    peers = sorted(model.name for model in sets[0].models.values() if not model.ours)
    rows = []
    for customers in sets:
        means = [customers.models[name].mean(metric) for name in [*names, *peers]]
        best = (max if metric.higher else min)(means)
        rows.append([customers.name, *(f"**{mean:.4f}**" if mean == best else f"{mean:.4f}" for mean in means)])
    return table(["set", *(f"`{name}`" for name in names), *peers], rows)


def ratios(sets, best, test_per_training_row):
    rows = []
    for customers in sets:
        cells = [f"{customers.rows:,}", f"{customers.columns}", f"{100 * customers.positives / customers.rows:.1f} %"]
        for reference in REFERENCES:
            difference = Difference(customers.models[best], reference.peer(customers), LOSS, test_per_training_row)
            mark = {"better": " +", "worse": " -", "no": ""}[difference.verdict]
            cells.append(f"{reference.ratio(customers, best):.3f}{mark}")
        rows.append([customers.name, *cells])
    return table(["set", "rows", "columns", "positive", *(reference.title for reference in REFERENCES)], rows)


def means(groups, names):
    rows = []
    for name in names:
        for title, sets in groups:
            rows.append([f"**Retain's `{name}`**", title, *(
                MeanRatio([reference.ratio(customers, name) for customers in sets]).text
                for reference in REFERENCES)])
    return table(["model", "sets", *(reference.title for reference in REFERENCES)], rows)


def claims(groups, best):
    lines = []
    for title, sets in groups:
        for reference in REFERENCES:
            found = [reference.ratio(customers, best) for customers in sets]
            mean, worst = MeanRatio(found), max(sets, key=lambda customers: reference.ratio(customers, best))
            lines.append(
                f"- {title[0].upper()}{title[1:]}, against {reference.title}: {mean.text}, "
                f"{mean.verdict}; lower on {sum(ratio < 1 for ratio in found)} of {len(sets)}, the highest ratio "
                f"{max(found):.3f} on {worst.name}.")
    return "\n".join(lines)


def section(sets, names, test_per_training_row):
    """`sets` with all models measured, `names` those of Retain's models, the first of which is compared."""
    best = names[0]
    groups = [(f"all {len(sets)} sets", sets)]
    rest = [customers for customers in sets if customers.name != APART]
    if len(rest) < len(sets):
        groups.append((f"without `{APART}`", rest))
    scored = sum(round(customers.rows * test_per_training_row / (1 + test_per_training_row)) for customers in sets)
    splits = len(next(iter(sets[0].models.values())).folds)
    refused = sum(customers.refused[best] for customers in sets)
    seconds = ", ".join(f"`{name}` {sum(customers.seconds[name] for customers in sets):.0f}" for name in names)
    return f"""\
{HEADING}

{len(sets)} public tables of other kinds, from {min(c.rows for c in sets):,} to {max(c.rows for c in sets):,} rows, on
which nothing is set. Log loss of `{best}` beside that of its peers, as a mean of ratios with its
{100 * CONFIDENCE:.0f} % interval; below 1, `{best}` is better:

{claims(groups, best)}

How that was measured:

- **Splits**: {splits} of each set, 70 % of the rows to learn from, 30 % to judge, stratified.
- **Retain** gets the name of the target and nothing else: `retain init` on the training rows, `retain train --test 0`
  with the random seed that is its default, `retain score` of the test rows. Rows that `score` refuses count with the
  share of positives among the training rows; of {scored * splits:,} rows they are {refused:,} for `{best}`.
- **CatBoost and LightGBM** as they come, and tuned on a quarter of the training rows; measured once with Python and not
  anew here. [What was tuned, and what the sets are](../Scripts/quality/README.md).
- **Development sets**: the design of `{best}` was chosen with their help, so new files may go less well. `{APART}` has
  rows that nearly repeat others, which rewards remembering customers; the means stand with it and without.
- **Ratios** are those of the mean log losses over the splits. Of several peers, the one whose mean over the same test
  rows is lowest is taken, which favours the peers a little. The mean over sets is the geometric one; its interval is
  over sets, by Student's t.

### Mean ratio of log loss

{means(groups, names)}

### Ratio of log loss on each set

Of `{best}`; + where it is better and - where it is worse: the {100 * CONFIDENCE:.0f} % interval of the paired
difference over {splits} splits, as below that of Nadeau and Bengio, excludes 0. So few splits tell little apart.

{ratios(sets, best, test_per_training_row)}

### Log loss on each set

Means over the splits; the lowest is bold. All of Retain's trainings together took so many seconds: {seconds}.

{values(sets, names, LOSS)}

### ROC AUC on each set

{values(sets, names, AUC)}"""
