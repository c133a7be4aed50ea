"""The commands `resume`, `extend` and `merge`: result folders finished, mended, made larger, joined."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triangle_sim.cli.exits import told_if_interrupted
from triangle_sim.cli.output import say
from triangle_sim.cli.running import finish, note
from triangle_sim.names import counted, extent

if TYPE_CHECKING:
    from triangle_sim.cli.executors import Computing
    from triangle_sim.plots.studio import Studio


def resume_folder(folder: Path, computing: Computing, json: bool, figures: bool) -> None:
    """Compute what a folder lacks."""
    from triangle_sim.montecarlo.run import resume

    _go_on(folder, computing, json, figures, lambda **options: resume(folder, **options))


def extend_folder(
    folder: Path, draws: int | None, replicates: int | None, computing: Computing, json: bool, figures: bool
) -> None:
    """Add draws or replicates to a folder."""
    from triangle_sim.cli.loading import within_reason
    from triangle_sim.montecarlo.folder.grow import extend
    from triangle_sim.montecarlo.folder.reading import read_manifest

    facts = read_manifest(folder)
    within_reason(draws, replicates, facts)
    size: dict[str, Any] = {"draws": draws, "replicates": replicates}
    _go_on(folder, computing, json, figures, lambda **options: extend(folder, **size, **options), size)


def _go_on(
    folder: Path,
    computing: Computing,
    json: bool,
    figures: bool,
    work: Callable[..., Path],
    size: dict[str, Any] | None = None,
) -> None:
    from triangle_sim.cli.progress import progress
    from triangle_sim.montecarlo.folder.reading import read_manifest

    facts = read_manifest(folder)
    larger = facts | {key: value for key, value in (size or {}).items() if value}
    runs = larger["draws"] * larger["replicates"]
    computing.expect(runs)
    say(f"{folder}: {facts['scenario']['name']}, {extent(larger['draws'], larger['replicates'])}")
    with computing.studio(runs) if figures and not facts.get("part") else nullcontext() as studio:
        with told_if_interrupted(), computing.started(runs) as executor, progress(str(folder), runs) as tick:
            work(jobs=1, executor=executor, progress=tick, tell=note)
        _end(folder, json, studio)


def merge_folders(folders: list[Path], output: Path, json: bool, figures: bool) -> None:
    """Join parts into one folder."""
    from triangle_sim.cli.progress import progress
    from triangle_sim.montecarlo.folder.grow import merge
    from triangle_sim.montecarlo.folder.reading import read_manifest
    from triangle_sim.plots.studio import Studio

    facts: dict[str, Any] = read_manifest(folders[0])
    with told_if_interrupted(), progress(str(output), facts["runs"]) as tick:
        merge(folders, output, progress=tick, tell=note)
    _end(output, json, Studio() if figures else None)


def _end(folder: Path, json: bool, studio: Studio | None) -> None:
    from triangle_sim.montecarlo.folder.reading import read, read_manifest

    facts = read_manifest(folder)
    if facts.get("part"):
        say(f"{folder} is complete. Next, when all parts are made: triangle-sim merge DIR... -o OUT")
        return
    finish(read(folder), folder, json, studio)
    are = "is" if facts["runs"] == 1 else "are"
    say(f"\n{counted(facts['runs'], 'future')} {are} saved in {folder}" + (", pictures too." if studio else "."))
