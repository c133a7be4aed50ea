"""What the commands of the tutorial and of the worked scenarios print: each is run as a reader runs it."""

from __future__ import annotations

import io
import re
import shlex
import tempfile
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import lru_cache
from pathlib import Path

from blocks import ROOT

WORKED = ("china_cuts_oil", "seoul_arms_ukraine")
_FOLDER = tempfile.TemporaryDirectory()
"""Where results and scenario files of the commands lie, as in a reader's folder."""


@lru_cache(maxsize=64)
def said(command: str) -> str:
    """What a command prints on stdout, run where the scenarios of the page lie; a result is made where one is asked of.

    Raises
    ------
    SystemExit
        for a command that fails.
    """
    from triangle_sim.cli import _command

    out, err = io.StringIO(), io.StringIO()
    with chdir(_FOLDER.name), redirect_stdout(out), redirect_stderr(err):
        for name in WORKED:
            _written(name)
        for name in re.findall(r"runs/(\w+)", command):
            if not Path("runs", name).exists():
                _command(["run", f"{name}.yaml" if name in WORKED else name])
                out.truncate(out.seek(0))
        try:
            _command(shlex.split(command))
        except BaseException as error:
            raise SystemExit(f"triangle-sim {command}: {error}\n{err.getvalue()}") from None
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())


def _written(name: str) -> None:
    """A scenario of the page, as its file."""
    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"```yaml\n(# {name}\.yaml\n.*?)```", text, re.DOTALL)
    Path(f"{name}.yaml").write_text(found, encoding="utf-8")


def block(text: str) -> str:
    """A block of plain text."""
    return f"```text\n{text}\n```"


def parts(command: str, *places: int) -> str:
    """Some paragraphs of what a command prints."""
    paragraphs = said(command).split("\n\n")
    return block("\n\n".join(paragraphs[place] for place in places))


def endings() -> str:
    """The table of endings of `run trump_win`."""
    found = next(
        part for part in said("run trump_win --no-save").split("\n\n") if part.startswith("How the futures end")
    )
    return block(found)


def told() -> str:
    """The brief of a typical future."""
    return block(said("story trump_win --typical bloc --digest"))


def checked() -> str:
    """What `verify` says of a report, its lines folded."""
    said("report runs/trump_win")
    text = said("verify runs/trump_win/report.html")
    return block("\n".join(re.sub(r"(.{90,118}?) ", r"\1\n                ", line) for line in text.splitlines()))


def answered(name: str) -> str:
    """The answer and the endings of a worked scenario."""
    return parts(f"run {name}.yaml --no-save", 0, 1)


def owed(outcome: str, name: str, lines: int) -> str:
    """What `why` says first."""
    text = said(f"why {shlex.quote(outcome)} {name}.yaml --kind claim --draws 200 --replicates 8").split("\n\n")[0]
    return block("\n".join(re.split(r"\n(?! )", text)[:lines]))


WALKTHROUGH: dict[str, Callable[[], str]] = {
    "endings of trump_win": endings,
    "compare, first": lambda: parts("compare trump_win trump_loses", 0, 1),
    "why, first": lambda: parts("why us_prk_summit trump_win --draws 200 --replicates 8 --kind claim --top 5", 0, 1),
    "claims A37": lambda: parts("claims A37", 0, 1, 2),
    "claims A38": lambda: parts("claims A38", 0),
    "sweep of the election": lambda: parts(
        "sweep baseline --vary events.trump_elected.probability=0:1:5 --outcome us_prk_summit", 0
    ),
    "signs of a bloc": lambda: parts("signs trump_win --ending bloc", 0, 1),
    "a typical bloc": told,
    "verify a report": checked,
    "china_cuts_oil": lambda: answered("china_cuts_oil"),
    "why no fuel from Moscow": lambda: owed("mean russian_supply", "china_cuts_oil", 3),
    "seoul_arms_ukraine": lambda: answered("seoul_arms_ukraine"),
    "why technology": lambda: owed("technology_gained", "seoul_arms_ukraine", 3),
}
