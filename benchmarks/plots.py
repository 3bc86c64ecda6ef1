"""Draw how cost or rate changes with size, for the questions that are asked at several."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks.fit import fit
from benchmarks.rounds import Results

_MARKERS = "osD^vP"


def draw(results: Results, directory: Path) -> str:
    """Draw a question into a PNG of the directory and return the file's name; empty if it has no scale."""
    growth = results.question.growth
    if growth is None:
        return ""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    unit = results.question.per(results.question.sizes[0])[1] if results.question.per else "runs"
    for side, marker in zip(results.question.sides, _MARKERS, strict=False):
        costs = results.over(side.name)
        sizes = sorted(costs)
        if growth.of == "rate" and results.question.per:
            values = [results.question.per(size)[0] / median(costs[size]) for size in sizes]
            label = side.name
        else:
            values = [median(costs[size]) for size in sizes]
            found = fit(costs)
            label = f"{side.name}, exponent {found.exponent:.2f} ± {found.error:.2f}" if found else side.name
        axes.plot(sizes, values, marker=marker, label=label)
    axes.set(xscale="log", yscale="log", title=results.question.title, xlabel=growth.along)
    axes.set_ylabel(f"{unit} a second" if growth.of == "rate" else "seconds, median")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    directory.mkdir(parents=True, exist_ok=True)
    name = f"{results.question.name}.png"
    # Without the version of the library a file depends on the figures alone.
    figure.savefig(directory / name, dpi=110, metadata={"Software": None})
    plt.close(figure)
    return name
