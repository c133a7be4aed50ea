"""Writes the examples of the pages from real runs: `python docs/examples.py`; with `--check`, fails if one is stale.

Unlike the tables of `generate.py`, these take some seconds, and their last digits may differ with the versions of the
numerical libraries: the check lets a number differ by 2 per cent, and a percentage by 1 point.
"""

from __future__ import annotations

import io
import re
import sys
import textwrap
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from blocks import ROOT, diff, names, pages, replaced, table
from walkthrough import WALKTHROUGH

import triangle_sim as ts
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.montecarlo.tables import of_theory
from triangle_sim.triangle.ties import Band
from triangle_sim.triangle.typology import TYPES


@lru_cache(maxsize=4)
def result(name: str) -> Any:
    """A bundled scenario as it comes, with what it is compared with."""
    return ts.run(name, reference=ts.load(name).reference)


@lru_cache(maxsize=1)
def page() -> list[str]:
    """What `triangle-sim run trump_win` prints, paragraph by paragraph."""
    from triangle_sim.cli.summary import print_summary

    out = io.StringIO()
    with redirect_stdout(out):
        print_summary(result("trump_win"))
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines()).split("\n\n")


def summary() -> str:
    """All of it."""
    return "```text\n" + "\n\n".join(page()) + "\n```"


def answer() -> str:
    """Its head: the question, its answer, and how sure that is."""
    question, answered, *rest = page()
    sure = next(part for part in rest if part.startswith("How sure"))
    return f"```text\n{question}\n\n{answered}\n\n{sure}\n```"


def comparison() -> str:
    """What `triangle-sim compare trump_win trump_loses` prints."""
    return f"```text\n{ts.compare([result('trump_win'), result('trump_loses')])}\n```"


def story() -> str:
    """The first quarter of one future."""
    head, first, *_ = re.split(r"\n\n(?=\d{4}Q\d)", str(ts.tell(ts.load("trump_win"), seed=1, draw=3, replicate=1)))
    return f"```text\n{head}\n\n{first}\n```"


def certainty() -> str:
    """How far payoffs at the expected state are from expected payoffs, in the baseline."""
    from triangle_sim.model.certainty import certainty_gap

    draws, every = 20, 10
    model = TriangleModel("baseline", rng=1, draws=np.arange(draws), replicates=np.zeros(draws, int))
    gaps = []
    while model.running:
        model.step()
        if model.quarter % every == 0:
            gaps += [certainty_gap(model, run=run) for run in range(draws)]
    model.close()
    rows = [
        ("payoff, mean difference", f"{np.mean([gap.mean for gap in gaps]):.4f}"),
        ("payoff, largest difference in a quarter: median", f"{np.median([gap.largest for gap in gaps]):.4f}"),
        ("chance of a move, largest difference in a quarter: median", f"{np.median([g.choice for g in gaps]):.1%}"),
        ("the same: nine quarters in ten below", f"{np.quantile([g.choice for g in gaps], 0.9):.1%}"),
    ]
    return table((f"baseline, {len(gaps)} quarters of {draws} futures", "difference"), rows)


def bands() -> str:
    """Shares of the types of triangle under other neutral bands."""
    every = of_theory(result("baseline").bands)
    parts = []
    for label, rows in (("CHN-PRK-RUS", every[every["triad"] == "CHN-PRK-RUS"]), ("all ten", every)):
        shares = rows.groupby(["enter", "type"])["share"].mean().unstack()[list(TYPES)]
        lines = [
            (f"**±{enter:.2f}**" if enter == Band().enter else f"±{enter:.2f}", *(f"{share:.0%}" for share in row))
            for enter, row in zip(shares.index, shares.to_numpy(), strict=True)
        ]
        parts.append(table((f"{label}: band", *(each.replace("_", " ") for each in TYPES)), lines))
    return "\n\n".join(parts)


@lru_cache(maxsize=1)
def played_again() -> Any:
    """The hindcast of 2012 to 2024 by its scenario's design."""
    from triangle_sim.record.hindcast import hindcast

    return hindcast("2012")


def hindcast_answer() -> str:
    """What `hindcast 2012` says first."""
    return textwrap.fill(played_again().summary(), 118)


def two_voices() -> str:
    """What `show lowy-2023 --diff chung-2024` says first."""
    from triangle_sim.analysis.voices import voices
    from triangle_sim.cli.voices import answer

    return textwrap.fill(answer(voices(ts.load("baseline"), "chung-2024", "lowy-2023"), "baseline"), 118)


def why() -> str:
    """What `triangle-sim why us_prk_summit trump_win` prints, of claims and interests, with fewer draws."""
    from triangle_sim.cli.why import print_why

    out = io.StringIO()
    with redirect_stdout(out):
        print_why(ts.why("us_prk_summit", "trump_win", draws=200, replicates=8, kinds=["claim", "interest"]), 5)
    return "```text\n" + "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines()) + "\n```"


EXAMPLES: dict[str, Callable[[], str]] = {
    "run trump_win": summary,
    "compare trump_win trump_loses": comparison,
    "answer": answer,
    "story": story,
    "certainty equivalence": certainty,
    "neutral band": bands,
    "hindcast 2012": hindcast_answer,
    "two voices": two_voices,
    "why us_prk_summit": why,
    **WALKTHROUGH,
}


def pictures() -> None:
    """The pictures of the pages: those of the run, with fewer colours so that the files stay small."""
    from PIL import Image, PngImagePlugin

    from triangle_sim.plots.pictures import save_pictures

    folder = ROOT / "docs" / "images"
    command = "triangle-sim run trump_win"
    for path in [*save_pictures(result("trump_win"), folder, command), _hindcast(folder)]:
        with Image.open(path) as image:
            stated = PngImagePlugin.PngInfo()
            for key, text in image.info.items():
                if isinstance(text, str):
                    stated.add_itxt(key, text)
            small = image.convert("RGB").quantize(96, dither=Image.Dither.NONE)
        small.save(path, optimize=True, pnginfo=stated)
        print(f"wrote {path.name}, {path.stat().st_size // 1024} KiB")


def _hindcast(folder: Path) -> Path:
    from triangle_sim.plots.hindcast import hindcast, recipe
    from triangle_sim.plots.pictures import save

    return save(hindcast(played_again()), folder / "hindcast.png", recipe(played_again()))


def close(old: str, new: str) -> bool:
    """Whether two texts have the same words, and numbers that differ by rounding or a run or two at most."""
    number = re.compile(r"([-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:%| in 20)?)")
    ours, theirs = (number.split(re.sub(r"[ -]{2,}", " ", text)) for text in (old, new))
    if ours[::2] != theirs[::2]:
        return False
    for a, b in zip(ours[1::2], theirs[1::2], strict=True):
        x, y = (float(re.sub(r"[,%]| in 20", "", text)) for text in (a, b))
        slack = 1.05 if a.endswith(("%", "20")) else 0.02 * max(abs(x), 0.5)
        if abs(x - y) > slack:
            return False
    return True


def _stale(page: Path, new: str) -> bool:
    return not close(page.read_text(encoding="utf-8"), new)


def main(arguments: list[str]) -> int:
    """Write or check every page; 1 if a check finds a stale one."""
    check, stale = "--check" in arguments, False
    wanted = {name: maker for name, maker in EXAMPLES.items() if name in names("example")}
    made = {name: lru_cache(maxsize=1)(maker) for name, maker in wanted.items()}
    for page in pages():
        new = replaced(page.read_text(encoding="utf-8"), "example", made)
        if check and _stale(page, new):
            print(diff(page, new), end="")
            stale = True
        elif not check and diff(page, new):
            page.write_text(new, encoding="utf-8")
            print(f"wrote {page.name}")
    if not check:
        pictures()
    if stale:
        print("\nStale examples. Write them anew with: python docs/examples.py", file=sys.stderr)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
