#!/usr/bin/env python3
"""Medians and ratios of what scripts/bench has measured: summarize.py FILE, one JSON line per measurement with "who" added."""
import json
import statistics
import sys

PEOPLE = {"notebook": "(a) notebook, Python", "stock": "(b) stock LibTorch", "studio": "(c) TinyVGG Studio"}
TARGETS = (9860, 9900)  # of 10,000 test images

measurements: dict[tuple[str, str], list[float]] = {}
for line in open(sys.argv[1], encoding="utf-8"):
    measurement = json.loads(line)
    value = measurement.get("seconds", measurement.get("megabytes"))
    measurements.setdefault((measurement["who"], measurement["event"]), []).append(value)
    if measurement["event"] == "epoch":
        measurements.setdefault((measurement["who"], f"since {measurement['epoch']}"), []).append(measurement["since_start"])
        measurements.setdefault((measurement["who"], f"correct {measurement['epoch']}"), []).append(measurement["correct"])


def median(who: str, event: str) -> float | None:
    values = measurements.get((who, event))
    return statistics.median(values) if values else None


print(f"{'':34}" + "".join(f"{name:>24}" for name in PEOPLE.values()) + f"{'a/c':>8}{'b/c':>8}")
for event, title, unit in (("epoch", "one Notebook epoch with its test", "s"), ("load", "loading MNIST", "s"),
                           ("evaluation", "evaluating 10,000 images", "s"), ("memory", "peak memory", "MB")):
    values = {who: median(who, event) for who in PEOPLE}
    cells = []
    for who in PEOPLE:
        all_values = measurements.get((who, event), [])
        spread = f" ({min(all_values):.2f}…{max(all_values):.2f})" if all_values and unit == "s" else ""
        cells.append("–" if values[who] is None else f"{values[who]:.2f} {unit}{spread}")
    ratios = "".join(f"{values[who] / values['studio']:8.1f}" if values[who] else f"{'–':>8}"
                     for who in ("notebook", "stock"))
    print(f"{title:34}" + "".join(f"{cell:>24}" for cell in cells) + ratios)

WAYS = (("notebook", "(a) notebook, 3 epochs"), ("fast", "(c) Fast preset"), ("fast-4", "(c) Fast preset, 4 epochs"))


def epochs_of(who: str) -> list[int]:
    return sorted(int(event.split()[1]) for person, event in measurements if person == who and event.startswith("since"))


def time_to(who: str, target: int) -> list[float]:
    """Of each round that came to it, the seconds until a test pass found so many images right."""
    epochs = epochs_of(who)
    rounds = zip(*(zip(measurements[who, f"correct {e}"], measurements[who, f"since {e}"]) for e in epochs))
    firsts = (next((since for correct, since in each if correct >= target), None) for each in rounds)
    return [since for since in firsts if since is not None]


print("\nAfter each epoch, training and test passes:")
for who, name in WAYS:
    print(f"  {name:28}" + "   ".join(
        f"{median(who, f'correct {e}') / 100:.2f} % {median(who, f'since {e}'):.1f} s" for e in epochs_of(who)))

print("\nSeconds to a test accuracy:")
for target in TARGETS:
    for who, name in WAYS:
        times = time_to(who, target)
        rounds = len(measurements.get((who, "since 1"), []))
        reached = f"{statistics.median(times):.1f} s in {len(times)} of {rounds} rounds" if times else "not reached"
        print(f"  {target / 100:.1f} %  {name:28}{reached}")
if epochs_of("notebook"):
    to_986, to_990 = time_to("fast", TARGETS[0]), time_to("fast-4", TARGETS[1])
    if to_986:
        print(f"  98.6 % by Fast takes 1/{median('notebook', 'since 3') / statistics.median(to_986):.1f} of (a)'s three epochs"
              " (target 1/10)")
    if to_990:
        print(f"  99.0 % by Fast in 4 epochs takes {statistics.median(to_990) / median('notebook', 'since 1'):.2f} of (a)'s"
              " first epoch (target 1.25)")

print("\nThe window:")
if ("window-unprobed", "train") in measurements:
    windows, engines = measurements["window-unprobed", "train"], measurements["engine", "train"]
    cost = statistics.median(windows) / statistics.median(engines) - 1
    print(f"  {'training an epoch':28}{statistics.median(windows):.2f} s ({min(windows):.2f}…{max(windows):.2f}); the engine"
          f" alone {statistics.median(engines):.2f} s ({min(engines):.2f}…{max(engines):.2f}); the window costs {cost:.1%}"
          " (target 3 %)")
if ("window", "train") in measurements:
    print(f"  {'an event comes late by':28}" + "   ".join(
        f"{name} {1000 * median('window', f'late {name}'):.1f} ms" for name in ("p50", "p99", "max"))
          + "   (targets: p99 16 ms, max 60 ms)")
    print(f"  {'worst of all rounds':28}{1000 * max(measurements['window', 'late max']):.1f} ms")
if ("window-follow", "train") in measurements:
    print(f"  {'weights followed, an epoch':28}{median('window-follow', 'train'):.2f} s; "
          f"an event comes late by at most {1000 * median('window-follow', 'late max'):.1f} ms")
for who, name in (("start", "start to first paint"), ("cold-start", "the same, read from disk")):
    if (who, "first paint") in measurements:
        values = measurements[who, "first paint"]
        print(f"  {name:28}{statistics.median(values):.2f} s ({min(values):.2f}…{max(values):.2f}; target 1 s)")
for name, title in (("bars", "pen to new bars"), ("bars while training", "the same while training")):
    if ("drawing", f"{name} p99") in measurements:
        print(f"  {title:28}" + "   ".join(
            f"{part} {1000 * median('drawing', f'{name} {part}'):.1f} ms" for part in ("p50", "p99", "max")))
for event, title in (("click to gallery", "click to painted gallery"), ("open run", "stored run to painted page")):
    if ("evaluate", event) in measurements:
        values = measurements["evaluate", event]
        print(f"  {title:28}median {1000 * statistics.median(values):.1f} ms, worst {1000 * max(values):.1f} ms "
              f"of {len(values)}")
