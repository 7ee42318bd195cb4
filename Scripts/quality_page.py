"""The page of Scripts/quality.py: the models' numbers, how they differ, and what the differences carry."""

import math
import os
import random
import re
import statistics
import textwrap
import time

from bench import machine, table
from quality_statistics import CONFIDENCE, METRICS, Difference, calibrated_ece, standard_errors

SIMULATIONS = 200


def percent(share):
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def signed(value):
    return "0.0000" if abs(value) < 0.00005 else f"{value:+.4f}"


def listed(names):
    names = list(names)
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def flowed(text):
    """Paragraphs and list items in lines of one width; headings and tables as they are."""
    blocks = []
    for block in text.split("\n\n"):
        if not block.startswith(("#", "|")):
            items = re.split(r"\n(?=- )", block.strip("\n"))
            block = "\n".join(textwrap.fill(
                " ".join(item.split()), 110, subsequent_indent="  " if item.startswith("- ") else "",
                break_long_words=False, break_on_hyphens=False) for item in items)
        blocks.append(block)
    return "\n\n".join(block for block in blocks if block) + "\n"


def claims(best, differences):
    """A line for each metric, from the intervals alone."""
    lines = []
    for metric in METRICS:
        found = [difference for difference in differences if difference.metric is metric]
        named = {verdict: [d.other.label for d in found if d.verdict == verdict]
                 for verdict in ("better", "worse", "no")}
        parts = []
        if named["better"]:
            parts.append(f"better than {len(named['better'])} of the {len(found)} other models")
            if len(named["better"]) <= len(found) / 2:
                parts[-1] += f" ({listed(named['better'])})"
        if named["worse"]:
            parts.append(f"worse than {listed(named['worse'])}")
        if named["no"]:
            many = len(named["no"]) > len(found) / 2
            parts.append("not told apart from " + (f"the other {len(named['no'])}" if many and parts else
                                                   listed(named["no"])))
        lines.append(f"- **{metric.title}** {best.mean(metric):.4f}: {'; '.join(parts)}.")
    return "\n".join(lines)


def fold_table(models, plan):
    rows = []
    for model in sorted(models, key=lambda model: model.mean(METRICS[0])):
        cells = [f"{model.mean(m):.4f} ± {statistics.stdev(model.values(m)):.4f}" for m in METRICS]
        if model.ours:
            cells = [f"**{cell}**" for cell in cells]
        rows.append([model.label, f"{len(model.folds)}", *cells])
    return table(["model", "folds", *(metric.title for metric in METRICS)], rows)


def holdout_table(models, split):
    rows = []
    present = [model for model in models if split in model.holdouts]
    for model in sorted(present, key=lambda model: model.holdouts[split][METRICS[0].key]):
        cells = [f"{model.holdouts[split][metric.key]:.4f}" for metric in METRICS]
        rows.append([model.label, *(f"**{cell}**" if model.ours else cell for cell in cells)])
    easier = sum(model.holdouts[split][METRICS[0].key] < model.mean(METRICS[0]) for model in present)
    return (table(["model", *(metric.title for metric in METRICS)], rows) + "\n\n"
            f"{easier} of these {len(present)} models have a lower log loss here than in the mean of their "
            "folds; compare models within this table, not with the one above.")


def difference_row(found):
    low, high = found.mean - found.half, found.mean + found.half
    return [found.other.label, signed(found.mean), f"{found.error:.4f}", f"{signed(low)} to {signed(high)}",
            f"{found.won} of {found.count}", "no" if found.verdict == "no" else f"yes, {found.verdict}"]


def difference_tables(best, rest, differences):
    rest = sorted(rest, key=lambda model: model.mean(METRICS[0]))
    found = {(difference.other.name, difference.metric): difference for difference in differences}
    verdicts = [[model.label, *(found[model.name, metric].verdict.replace("no", "·") for metric in METRICS)]
                for model in rest]
    parts = [table([f"`{best.name}` against", *(metric.title for metric in METRICS)], verdicts)]
    for metric in METRICS:
        sign = "above" if metric.higher else "below"
        parts.append(f"### {metric.title[0].upper()}{metric.title[1:]}: {sign} 0 is better")
        parts.append(table(
            [f"`{best.name}` less", "difference", "standard error", f"{percent(CONFIDENCE)} interval",
             "folds won", "told apart?"],
            [difference_row(found[model.name, metric]) for model in rest]))
    return "\n\n".join(parts)


def noise(best, differences, share, plan):
    means = {metric.key: best.mean(metric) for metric in METRICS}
    # Probabilities p that are true have mean `share` and a Brier score of mean p(1 - p): one Beta
    # distribution has both.
    variance = share - means["brier"] - share * share
    weight = share * (1 - share) / variance - 1
    draw = random.Random(1)
    pool = [draw.betavariate(share * weight, (1 - share) * weight) for _ in range(20_000)]

    def entropy(p):
        return -sum(q * math.log(q) for q in (p, 1 - p) if q > 0)

    rows = []
    for count in sorted({*plan.folds.values(), *plan.holdouts.values(), plan.row_count}):
        accuracy, auc = standard_errors(means["accuracy"], means["auc"], share, count)
        floor, high = calibrated_ece(pool, count, draw, SIMULATIONS)
        rows.append([f"{count:,}", f"{accuracy:.4f}", f"{auc:.4f}", f"{floor:.4f}", f"{high:.4f}"])
    sizes = table(["test rows", "standard error of accuracy", "of ROC AUC", "ECE if perfectly calibrated",
                   "1 in 20 above"], rows)
    halves = []
    for metric in METRICS:
        found = sorted(d.half for d in differences if d.metric is metric and d.count == len(plan.folds))
        told = sum(d.verdict != "no" for d in differences if d.metric is metric)
        halves.append([metric.title, *(f"{value:.4f}" for value in
                                       (found[0], statistics.median(found), found[-1])), f"{told}"])
    widths = table(["half an interval", "narrowest", "median", "widest",
                    f"told apart, of {len(differences) // len(METRICS)}"], halves)
    return f"""\
One model measured once, with the accuracy and AUC of `{best.name}` and {percent(share)} of rows positive:

{sizes}

- The standard errors are the binomial one and that of Hanley and McNeil (1982). A difference between two numbers
  that were not measured on the same rows needs about 2.8 of them to mean anything.
- ECE is never 0: even a model whose probabilities are exactly true shows the ECE of the last columns, because a
  bin's share of leavers varies. It is simulated ({SIMULATIONS} runs, 15 bins of equal width) with true
  probabilities drawn from a Beta distribution of the file's share of leavers and the Brier score of
  `{best.name}`. That only resembles the real ones (such a model's log loss would be
  {statistics.fmean(map(entropy, pool)):.4f}, and that of `{best.name}` is {means['logLoss']:.4f}), so the floor
  is a rough one. `{best.name}` has an ECE of {means['ece']:.4f} in the mean of its folds.

Two models on the same {len(plan.folds)} folds share their luck, so far less is enough. Half the width of the
intervals above, over the models that have all {len(plan.folds)} folds, is the difference that it takes; models that
resemble each other need less of it:

{widths}"""


def kept_columns(models):
    lines = []
    for model in models:
        counts = {}
        for kept in model.kept.values():
            for column in kept:
                counts[column] = counts.get(column, 0) + 1
        always = [f"`{column}`" for column, count in counts.items() if count == len(model.kept)]
        rest = [f"`{column}` ({count})" for column, count in counts.items() if count < len(model.kept)]
        if counts:
            lines.append(f"- `{model.name}` read in all {len(model.kept)} trainings: {listed(always or ['none'])}"
                         + (f"; in some of them (how many): {listed(rest)}" if rest else "") + ".")
    return "\n".join(lines)


def introduction(models, plan, share, leaks):
    tests = sorted({*plan.folds.values()})
    tested = " to ".join(f"{count:,}" for count in (tests[:1] + tests[-1:] if tests[1:] else tests))
    left_out = (f"{listed(f'`{name}`' for name in leaks)} gives the answer away, so `retain init` leaves it out; no "
                "model on this page reads it." if leaks else "")
    fewer = sum(len(model.folds) < len(plan.folds) for model in models)
    fewer = f"{fewer} of them have fewer folds, as the tables say." if fewer else ""
    return f"""\
# Quality

How well Retain's models tell who leaves, beside other programs' models on the same rows. `make quality` trains
Retain's models anew and writes this page; what it claims is derived from the intervals below.

- **Data**: a bank's file of {plan.row_count:,} customers, {percent(share)} of whom left. It is one file; what
  holds for it need not hold for another, so [others](#on-other-companies-files) follow. {left_out}
- **Protocol**: {len(plan.folds)} folds ({plan.repeats} times {len(plan.folds) // plan.repeats}, stratified), each
  testing on {tested} rows and fitting everything on the others, and the seed's split, on which
  the Keras network that Retain replaces was judged, with
  {next(iter(plan.holdouts.values())):,} test rows. The folds are
  [written down](../Scripts/quality/README.md). Retain's models train with their defaults.
- **What was chosen on which rows**: the settings of `best` and `fast`, and those of the tuned peers, were found by
  cross-validation inside the training rows of the seed's split; its test rows took no part. The
  {len(plan.folds)} folds are less clean: their test rows are partly rows of that search, for all tuned models
  alike, so their means are a little too good; and that `best` joins its two views was decided when results on the
  folds were known. The networks' settings were searched for longer than those of the boosted trees.
- **Peers**: measured once with Python; [their numbers and what they are](../Scripts/quality/README.md). They are
  not measured anew here. {fewer}"""


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def timing(models):
    return table(["model", "seconds", "trainings"], [
        [f"`{model.name}`", f"{model.seconds:.1f}", f"{len(model.folds) + len(model.holdouts)}"]
        for model in models])


def page(ours, others, plan, share, leaks, load, sets):
    """The page's text; `ours` are Retain's models, the first of which is compared with all others; `sets` is the
    section on other companies' files."""
    best, models = ours[0], ours + others
    rest = [model for model in models if model is not best]
    differences = [Difference(best, other, metric, plan.test_per_training_row)
                   for metric in METRICS for other in rest]
    parts = [
        introduction(models, plan, share, leaks),
        f"""\
## In short

The mean of `{best.name}` over its folds, and whether it is better or worse than others: only where the
{percent(CONFIDENCE)} interval of the paired difference excludes 0. There are {len(differences)} intervals, not
adjusted for their number: were all models alike, about one in 20 would still exclude 0, so a single one that
does so narrowly is weak evidence. Not told apart does not mean equal.

{claims(best, differences)}""",
        sets,
        f"""\
## On the folds

Mean ± standard deviation over the folds, the lowest log loss first. The deviation says how much the rows of a
fold matter, not how sure a difference is: all models share their folds, hence the paired differences below. A
mean over fewer folds is one over other rows; the paired differences use only the folds that both models have.

{fold_table(models, plan)}

Lower is better for log loss, Brier score and calibration error (ECE, 15 bins of equal width), higher for the
others. Accuracy cuts at 0.5; always guessing that the customer stays has {1 - share:.4f}.

{kept_columns(ours)}

## On the seed's split

{holdout_table(models, next(iter(plan.holdouts)))}

## Paired differences

`{best.name}` less each other model, fold by fold. The standard error is that of Nadeau and Bengio (2003), which
adds the ratio of test to training rows ({plan.test_per_training_row:.2f}) because folds share training rows;
intervals by Student's t with one degree of freedom fewer than folds. *Told apart* only where the interval
excludes 0. First the verdicts alone, a dot where it does not:

{difference_tables(best, rest, differences)}

## What the noise of this data lets one tell apart

{noise(best, differences, share, plan)}

## Time

Seconds of one run of `retain train` over all its trainings, from start to exit, free to use {cores()} cores.
Machine: {machine()}; load {load:.1f} at the start; {time.strftime('%Y-%m-%d')}.

{timing(ours)}""",
    ]
    return flowed("\n\n".join(parts))
