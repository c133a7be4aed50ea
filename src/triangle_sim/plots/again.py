"""Whether a picture or report is what its recipe says: a sample of its runs, the numbers it shows, the file itself."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from triangle_sim.analysis.verify.recheck import FEW, Verification, libraries, other_model, reference
from triangle_sim.analysis.verify.rerun import digests_of, rerun_digests, runs_in_sample
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.fill import in_memory
from triangle_sim.montecarlo.folder.contents import FIGURES, GIVEN, MANIFEST
from triangle_sim.montecarlo.folder.given import read_given
from triangle_sim.montecarlo.folder.manifest import origin, parse, read_manifest, scenario_of
from triangle_sim.montecarlo.result import Result, read
from triangle_sim.montecarlo.workers.running import Running
from triangle_sim.names import counted
from triangle_sim.plots.numbers import has_numbers, numbers_sha256
from triangle_sim.plots.pictures import draw, picture
from triangle_sim.plots.recipe import FORMATS, drawn_with, read_recipe, recipe
from triangle_sim.regular_files import read_regular

Redraw = Callable[[Result, dict[str, str]], bytes]
"""Makes a file's bytes again from a result and the recipe in it."""


def recipe_of(path: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """The recipe in a file and the manifest in it.

    Raises
    ------
    UsageError
        if it carries none, or one that cannot be followed.
    """
    stated = read_recipe(path)
    if "manifest" not in stated or "figure" not in stated:
        help = "draw it again with `triangle-sim plot DIR`; only then can it be verified"
        raise UsageError(f"{path} carries no recipe that can be run again", help)
    try:
        return stated, parse(stated["manifest"].encode())
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        first = next(iter(str(error).splitlines()), "")
        raise UsageError(f"the recipe in {path} cannot be read: {first}", "it has been changed") from None


def check_file(
    path: Path, folder: Path | None, every: bool, running: Running, redraw: Redraw
) -> Iterator[Verification]:
    """Look at a picture or report, thing by thing. ``folder`` is where its runs are, by default the one it lies in."""
    stated, facts = recipe_of(path)
    if (hindrance := other_model(facts)) is not None:
        yield hindrance
        return
    where = folder or _folder_of(path, facts)
    try:
        scenario = scenario_of(facts, path)
        given = read_given(where or path.parent, facts)
    except UsageError as error:
        help = f" ({GIVEN} of its folder is needed: --from DIR)" if facts.get("parameters_sha256") else ""
        yield Verification(False, f"its recipe cannot be followed: {error.message}{help}")
        return
    result = kept = read(where) if where else None
    if result is not None and (origin(result.manifest), result.draws, result.replicates) != (
        origin(facts), facts["draws"], facts["replicates"]
    ):  # fmt: skip
        raise UsageError(f"{where} does not hold the runs of {path}", "give the folder that it was drawn from")
    yield _sample(stated, facts, rerun_digests(facts, scenario, given), result)
    small = facts["runs"] <= FEW
    if result is None and not (small or every):
        runs = counted(facts["runs"], "future")
        yield Verification(None, f"the numbers and the file itself: they take all {runs} (--all, or --from DIR)")
        return
    if result is None or every:
        result = in_memory(scenario, {**facts, "status": "running"}, running, given)
        yield Verification(True, f"run again: all {counted(facts['runs'], 'future')}")
    yield from libraries(result)
    if stated["figure"] == "report" and kept is not None:
        yield from reference(kept, every)
    yield from _whole(path, stated, result, redraw)


def _folder_of(path: Path, facts: dict[str, Any]) -> Path | None:
    """The result folder that a file lies in, if it holds the runs it was made of."""
    here = path.absolute().parent
    for folder in (here.parent, here) if here.name == FIGURES else (here,):
        try:
            there = read_manifest(folder) if (folder / MANIFEST).exists() else None
        except UsageError:
            continue
        same = ("draws", "replicates", "status")
        if there and origin(there) == origin(facts) and all(there[name] == facts[name] for name in same):
            return folder
    return None


def _sample(stated: dict[str, str], facts: dict[str, Any], again: list[str], result: Result | None) -> Verification:
    runs = f"{counted(runs_in_sample(facts), 'future')} of {facts['runs']:,}"
    if stated.get("sample_sha256", "").split() != again:
        return Verification(False, f"run again: {runs}, and they are not those that its recipe was made of")
    if result is not None and digests_of(result) != again:
        return Verification(False, f"run again: {runs}, and they are not those in its folder")
    kept = " and as those in its folder" if result is not None else ""
    return Verification(True, f"run again: {runs}, every outcome the same to the bit as when it was made{kept}")


def _whole(path: Path, stated: dict[str, str], result: Result, redraw: Redraw) -> Iterator[Verification]:
    """The numbers that the file shows, its recipe, and the file itself."""
    name = stated["figure"]
    if name != "report" and not has_numbers(name) and "numbers_sha256" not in stated:
        yield Verification(None, "the numbers it shows: nothing says which they are")
    elif name != "report":
        try:
            here = numbers_sha256(result, name)
        except (KeyError, ValueError, UsageError):
            yield Verification(False, f"its recipe names a picture that there is not: {name}")
            return
        told = "the numbers it shows are those that its runs give"
        right = here == stated.get("numbers_sha256")
        yield Verification(right, told if right else told.replace(" are ", " are not "))
    expected = recipe(result, None, name)
    differing = [key for key in sorted(expected.keys() | stated.keys()) if expected.get(key) != stated.get(key)]
    if "command" in differing:
        differing.remove("command")
        yield Verification(None, f"the command in it, which the run did not note: {stated.get('command')}")
    if differing == ["drawn_with"]:
        yield Verification(None, f"the file itself: drawn with {stated.get('drawn_with')}, here is {drawn_with()}")
        return
    if differing:
        yield Verification(False, f"its recipe says otherwise than its runs: {', '.join(differing)}")
    data, kind = read_regular(path, 2**27), path.suffix.lower().removeprefix(".")
    again = redraw(result, stated)
    if data == again:
        yield Verification(True, "made again from these numbers, it is the same file to the byte")
    elif kind == "png" and _pixels(data) == _pixels(again):
        yield Verification(True, "drawn again from these numbers, it is the same picture to the pixel")
    else:
        what = "picture" if kind in FORMATS else "report"
        yield Verification(False, f"it is not the {what} that these numbers give: it was changed after it was made")


def _pixels(data: bytes) -> tuple[tuple[int, ...], bytes]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            array = np.asarray(image.convert("RGBA"))
    except (OSError, ValueError, Image.DecompressionBombError):
        return (), b"broken"
    return array.shape, array.tobytes()


def redraw_figure(kind: str) -> Redraw:
    """Draws a picture again as a file of this kind."""
    return lambda result, stated: picture(draw(result, stated["figure"]), kind, stated)


def check_pictures(folder: Path) -> Iterator[Verification]:
    """The pictures in a result folder are those that its stored numbers give."""
    result = read(folder)
    files = sorted(path for path in (folder / FIGURES).glob("*") if path.suffix.lower().removeprefix(".") in FORMATS)
    ours = right = 0
    for path in files:
        stated = read_recipe(path)
        if "manifest" in stated and "figure" in stated:
            ours += 1
            found = list(_whole(path, stated, result, redraw_figure(path.suffix.lower().removeprefix("."))))
            yield from (Verification(one.same, f"{path.name}: {one.what}") for one in found if one.same is not True)
            right += all(one.same for one in found)
    if other := len(files) - ours:
        yield Verification(
            None, f"{counted(other, 'picture')} without a recipe (draw anew: triangle-sim plot {folder})"
        )
    if right:
        yield Verification(True, f"{counted(right, 'picture')}, drawn again from the stored numbers")
