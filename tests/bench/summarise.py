#!/usr/bin/env python3
"""Medians and ratios of what scripts/bench has measured: summarise.py FILE, a JSON line a figure with "who" added."""
import json
import statistics
import sys

PEOPLE = {"notebook": "(a) notebook, Python", "stock": "(b) stock LibTorch", "studio": "(c) TinyVGG Studio"}
TARGET = 9860

figures: dict[tuple[str, str], list[float]] = {}
for line in open(sys.argv[1], encoding="utf-8"):
    figure = json.loads(line)
    value = figure.get("seconds", figure.get("megabytes"))
    figures.setdefault((figure["who"], figure["event"]), []).append(value)
    if figure["event"] == "epoch":
        figures.setdefault((figure["who"], f"since {figure['epoch']}"), []).append(figure["since_start"])
        figures.setdefault((figure["who"], f"correct {figure['epoch']}"), []).append(figure["correct"])


def median(who: str, event: str) -> float | None:
    values = figures.get((who, event))
    return statistics.median(values) if values else None


print(f"{'':34}" + "".join(f"{name:>24}" for name in PEOPLE.values()) + f"{'a/c':>8}{'b/c':>8}")
for event, title, unit in (("epoch", "one Notebook epoch with its test", "s"), ("load", "loading MNIST", "s"),
                           ("evaluation", "evaluating 10,000 images", "s"), ("memory", "peak memory", "MB")):
    values = {who: median(who, event) for who in PEOPLE}
    cells = []
    for who in PEOPLE:
        all_values = figures.get((who, event), [])
        spread = f" ({min(all_values):.2f}…{max(all_values):.2f})" if all_values and unit == "s" else ""
        cells.append("–" if values[who] is None else f"{values[who]:.2f} {unit}{spread}")
    ratios = "".join(f"{values[who] / values['studio']:8.1f}" if values[who] else f"{'–':>8}"
                     for who in ("notebook", "stock"))
    print(f"{title:34}" + "".join(f"{cell:>24}" for cell in cells) + ratios)

print("\nTime to the test accuracy (training and test passes; the epoch after which it stood there):")
for who, name in (("notebook-3", "(a) notebook, 3 epochs"), ("fast", "(c) Fast preset"), ("fast-4", "(c) Fast preset, 4 epochs")):
    epochs = sorted(int(event.split()[1]) for person, event in figures if person == who and event.startswith("since"))
    if epochs:
        print(f"  {name:28}" + "   ".join(
            f"{median(who, f'correct {e}') / 100:.2f} % {median(who, f'since {e}'):.1f} s" for e in epochs))

print("\nThe window:")
if ("window", "train") in figures:
    costs = sorted(seconds / alone - 1 for seconds, alone in zip(figures["window", "train"], figures["engine", "train"]))
    print(f"  {'training an epoch':28}{median('window', 'train'):.2f} s; the engine alone {median('engine', 'train'):.2f} s; "
          f"the window costs {statistics.median(costs):.1%} ({costs[0]:.1%}…{costs[-1]:.1%})")
    print(f"  {'an event comes late by':28}" + "   ".join(
        f"{name} {1000 * median('window', f'late {name}'):.1f} ms" for name in ("p50", "p99", "max")))
    print(f"  {'worst of all rounds':28}{1000 * max(figures['window', 'late max']):.1f} ms")
if ("window-follow", "train") in figures:
    print(f"  {'weights followed, an epoch':28}{median('window-follow', 'train'):.2f} s; "
          f"an event comes late by at most {1000 * median('window-follow', 'late max'):.1f} ms")
for who, name in (("start", "start to first paint"), ("cold-start", "the same, read from disk")):
    if (who, "first paint") in figures:
        values = figures[who, "first paint"]
        print(f"  {name:28}{statistics.median(values):.2f} s ({min(values):.2f}…{max(values):.2f})")
for name, title in (("bars", "pen to new bars"), ("bars while training", "the same while training")):
    if ("drawing", f"{name} p99") in figures:
        print(f"  {title:28}" + "   ".join(
            f"{part} {1000 * median('drawing', f'{name} {part}'):.1f} ms" for part in ("p50", "p99", "max")))
