"""What was measured, as Markdown: the same text from the same results, so that a test can hold the page to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Found = dict[str, Any]
GROWN = {"numpy": "numpy", "llvm": "llvm double"}
"""Backends that runs of many sizes are made with, and what they are."""


def number(value: float) -> str:
    """Three digits, thousands set apart."""
    if value >= 1000:
        digits = len(str(int(value))) - 3
        return f"{round(value / 10**digits) * 10**digits:,}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.{2 if value >= 1 else 3}f}"


def spread(each: Found, scale: float = 1.0) -> str:
    """``median (min to max)``."""
    middle, low, high = (number(each[name] * scale) for name in ("median", "min", "max"))
    return middle if low == high else f"{middle} ({low} to {high})"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; all columns but the first to the right."""
    heads = list(head)
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def tables(found: Found) -> str:
    """Everything measured."""
    parts = found["parts"]
    makers = {"onecore": _one_core, "allcores": _all_cores, "growth": _growth, "startup": _start_up}
    shown = [_machine(found), _asked(parts, found["machine"]["cores"])]
    shown += [maker(parts[name]) for name, maker in makers.items() if name in parts]
    return "\n\n".join(part for part in shown if part)


def _machine(found: Found) -> str:
    facts, parts = found["machine"], found["parts"]
    words = [
        f"{facts['processor']}, {facts['cores']} cores{' of a virtual machine' * facts['virtual']}",
        f"caches {facts['caches']}, memory {facts['memory_gb']:.0f} GB, {facts['system']}, {facts['libc']}",
        ", ".join([facts["python"], *(f"{name} {version}" for name, version in facts["packages"].items())]),
    ]
    dates = " and ".join(sorted({part["date"] for part in parts.values()}))
    loads = [part["load"] for part in parts.values() if part["load"] is not None]
    before = f", on a machine whose load average was {max(loads):.1f} at most before it began" if loads else ""
    words.append(f"measured {dates}{before}")
    return "Machine: " + "; ".join(words) + "."


def _get(parts: Found, *path: str) -> Any:
    here: Any = parts
    for key in path:
        here = here.get(key) if isinstance(here, dict) else None
    return here


def _asked(parts: Found, cores: int) -> str:
    """The list of what is asked for, with what was found."""
    lines: list[tuple[str, Any, str, float]] = [
        ("worlds a second, one core, numpy / `mesa.batch_run`",
         _get(parts, "onecore", "ratios", "worlds: numpy / mesa.batch_run"), "at least", 150),
        ("futures a second, one core, numpy / worlds of `mesa.batch_run`",
         _get(parts, "onecore", "ratios", "futures, numpy / worlds, mesa.batch_run"), "at least", 150),
        (f"parallel efficiency of {cores} processes, numpy, the others idle at one",
         _get(parts, "allcores", "numpy", "efficiency", str(cores)), "at least", 0.85),
        (f"parallel efficiency of {cores} processes, numpy, the others busy at one",
         _get(parts, "allcores", "numpy", "efficiency, one while the others are busy", str(cores)),
         "at least", 0.85),
        *((f"peak memory, 10^6 futures / 10^5, {name}",
           _get(parts, "growth", name, "peak of 10^6 / peak of 10^5"), "at most", 1.1) for name in GROWN),
        *((f"peak memory of 10^6 futures, {name}, MB",
           _get(parts, "growth", name, "peak_mb", "1000000"), "at most", 1000) for name in GROWN),
        *((f"random numbers' share of futures, {name}",
           _get(parts, "onecore", "random", f"futures, {name}"), "at most", 0.1)
          for name in ("numpy", "llvm double")),
        (f"`run` of 10,000 futures from a cold start, numpy, {cores} cores, s",
         _get(parts, "startup", "seconds", "run of 10,000 futures, numpy"), "at most", 3),
        (f"`run` of 10,000 futures from a cold start, llvm compiled before, {cores} cores, s",
         _get(parts, "startup", "seconds", "run of 10,000 futures, llvm"), "at most", 3),
        (f"outcomes alone of 10^6 futures, llvm, {cores} cores, s",
         _get(parts, "allcores", "backends", "seconds of a million, outcomes alone"), "at most", 20),
        ("`--help`, s", _get(parts, "startup", "seconds", "--help"), "at most", 0.3),
    ]  # fmt: skip
    rows = []
    for what, each, word, wanted in lines:
        if each is not None:
            met = each["median"] >= wanted if word == "at least" else each["median"] <= wanted
            rows.append((what, spread(each), f"{word} {wanted:g}", "yes" if met else "**no**"))
    return "### What is asked for\n\n" + table(("", "median (least to most)", "asked", "met"), rows) if rows else ""


def _rates(rates: Found, unit: str) -> str:
    return table(("", unit), [(_named(name), spread(each)) for name, each in rates.items()])


def _ratios(ratios: Found) -> str:
    return table(("pairs", "ratio"), [(_named(name), spread(each)) for name, each in ratios.items()]) if ratios else ""


def _named(name: str) -> str:
    return name.replace("mesa.batch_run", "`mesa.batch_run`")


def _compiled(part: Found) -> str:
    """What compiling took, where it was done: two programs find one that was compiled before if they are the same."""
    made = [each["first"] for name, each in part["ready"].items() if "llvm" in name]
    return f"Compiling a program took {min(made):.1f} to {max(made):.1f} s." if made else ""


def _left_out(part: Found) -> str:
    return " ".join(f"Left out: {name} ({why})." for name, why in part["skipped"].items())


def _one_core(part: Found) -> str:
    shown = ["### One core", _rates(part["rates"], "a second"), _ratios(part["ratios"])]
    shares = [f"{name.removeprefix('futures, ')} {spread(each)}" for name, each in part["random"].items()]
    shown += [f"Random numbers' share of the time of futures: {'; '.join(shares)}.", _compiled(part), _left_out(part)]
    return "\n\n".join(filter(None, shown))


def _all_cores(part: Found) -> str:
    all_of_them = part["backends"]
    shown = [
        f"### All cores, {part['runs']:,} futures into a folder",
        *(_efficiency(part[name], title) for name, title in GROWN.items() if name in part),
        _rates(all_of_them["rates"], "a second, all cores"),
        _ratios(all_of_them["ratios"]),
        _left_out(all_of_them),
    ]
    return "\n\n".join(filter(None, shown))


def _efficiency(own: Found, title: str) -> str:
    rows = [(p, spread(each), spread(own["efficiency"][p])) for p, each in own["rates"].items()]
    busy = own["rate of one while the others are busy"]
    against = own["efficiency, one while the others are busy"]
    rows += [("1, the others busy", spread(busy), "")]
    rows += [(f"{p}, against that", spread(own["rates"][p]), spread(each)) for p, each in against.items()]
    return table((f"processes, {title}", "futures a second", "efficiency"), rows)


def _growth(part: Found) -> str:
    shown = ["### The whole command, by the number of futures"]
    for name, title in GROWN.items():
        if name in part:
            memory = part[name]["peak_mb"]
            rows = [
                (f"{int(size):,}", spread(each), spread(memory[size]), number(int(size) / each["median"]))
                for size, each in part[name]["seconds"].items()
            ]
            heads = (f"futures, {title}", "seconds", "peak memory of all processes, MB", "futures a second")
            shown.append(table(heads, rows))
    minutes = part.get("ten million with numpy, minutes")
    if minutes:
        shown.append(f"Ten million were not run with numpy; at this rate: {number(minutes)} minutes.")
    return "\n\n".join([*shown, *([_left_out(part)] if "skipped" in part else [])])


def _start_up(part: Found) -> str:
    whole = table(("", "seconds"), [(f"`{n}`" if n[0] in "-p" else n, spread(e)) for n, e in part["seconds"].items()])
    names = list(part["parts"])
    rows = [(each, *(spread(part["parts"][name][each]) for name in names)) for each in part["parts"][names[0]]]
    split = table(("part, in seconds", *names), rows)
    imports = []
    for name, packages in part["imports"].items():
        named = [f"{package} {seconds:.2f} s" for package, seconds in packages.items() if seconds >= 0.005]
        imports.append(f"Imports of `{name}`: {', '.join(named)}.")
    return "\n\n".join(["### Start-up", whole, split, " ".join(imports)])


MARKS = "<!-- measured: {} -->", "<!-- end -->"


def block(page_text: str, text: str, source: str) -> str:
    """The page with what was measured between its marks."""
    begin, end = MARKS[0].format("speed"), MARKS[1]
    pattern = rf"{re.escape(begin)}\n.*?{re.escape(end)}"
    body = f"{begin}\n{text}\n\nAll numbers: `benchmarks/results/{source}`.\n{end}"
    return re.sub(pattern, lambda _: body, page_text, flags=re.DOTALL)


def page(path: Path, found: Found, store: Path) -> None:
    """Write it into the page, and the figure beside it."""
    if path.is_file():
        text = block(path.read_text(encoding="utf-8"), tables(found), store.name)
        path.write_text(text, encoding="utf-8")
        images = path.parent / "images"
        (images / "speed.png").write_bytes(store.with_suffix(".png").read_bytes())
