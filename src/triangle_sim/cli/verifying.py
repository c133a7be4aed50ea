"""The command `verify`: whether a picture, a report or a result folder is what it says it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.computing import Computing
from triangle_sim.cli.output import print_json
from triangle_sim.errors import UsageError

if TYPE_CHECKING:
    from triangle_sim.analysis.verify.recheck import Verification
    from triangle_sim.montecarlo.workers.running import Running

WORDS = {True: "same", False: "DIFFERS", None: "not verified"}


def verify(
    what: Annotated[Path, typer.Argument(metavar="FIGURE|REPORT|DIR", help="a .png, .svg, .pdf, .html, .md or folder")],
    every: Annotated[bool, typer.Option("--all", help="run every future again, not a sample")] = False,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="the folder a figure or report was made from")
    ] = None,
    jobs: options.Jobs = "auto",
    json: options.Json = False,
) -> None:
    """Run a sample again and say whether the numbers come out the same to the bit; exit 1 where they do not."""
    from triangle_sim.montecarlo.workers.running import Running

    computing = Computing(jobs)
    if not what.exists():
        raise UsageError(f"{what}: there is no such file or folder", "give a figure, a report, or a result folder")
    if what.is_dir() and from_ is not None:
        raise UsageError("--from names the folder of a figure or report", f"leave it out: {what} is a folder")
    with computing.options(what.name, _runs(what)) as how:
        running = Running(how["jobs"], progress=how["progress"], tell=how["tell"])
        findings = list(_findings(what, from_, every, running))
    different = any(finding.same is False for finding in findings)
    if json:
        rows = [{"result": WORDS[finding.same], "what": finding.what} for finding in findings]
        print_json({"verified": what.name, "different": different, "findings": rows})
    else:
        _print(what, findings, different)
    if different:
        raise typer.Exit(1)


def _runs(what: Path) -> int:
    """How many runs there are at most to run again, for the progress bar."""
    from triangle_sim.montecarlo.folder.manifest import read_manifest
    from triangle_sim.plots.again import recipe_of

    facts: dict[str, Any] = read_manifest(what) if what.is_dir() else recipe_of(what)[1]
    return int(facts["runs"])


def _findings(what: Path, folder: Path | None, every: bool, running: Running) -> Iterator[Verification]:
    from triangle_sim.analysis.verify.recheck import check_folder
    from triangle_sim.cli.reporting import pages
    from triangle_sim.plots.again import check_file, check_pictures, redraw_figure
    from triangle_sim.plots.recipe import FORMATS

    if not what.is_dir():
        kind = what.suffix.lower().removeprefix(".")
        again = redraw_figure(kind) if kind in FORMATS else lambda result, _: pages(result, kind, what.name)[what.name]
        yield from check_file(what, folder, every, running, again)
        return
    found = []
    for finding in check_folder(what, every, running):
        found.append(finding)
        yield finding
    if all(finding.same is not False for finding in found):
        yield from check_pictures(what)


def _print(what: Path, findings: list[Verification], different: bool) -> None:
    """The answer first, then what it rests on."""
    left = any(finding.same is None for finding in findings)
    if different:
        print(f"{what} is NOT what it says it is.")
    else:
        print(f"{what}: everything that was looked at is the same" + (", but not all was." if left else "."))
    for finding in findings:
        print(f"  {WORDS[finding.same] + ':':<14}{finding.what}")
    print("This says that the numbers are those of the model, not that the model is right.")
