"""Result folders that are damaged, edited or not what they say: refused in one sentence, or mended by resume."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from montecarlo.helpers import contents, table_bytes
from triangle_sim import read
from triangle_sim.errors import UsageError


def _manifest(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], Any]:
    def damage(folder: Path) -> None:
        path = folder / "manifest.json"
        path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))))

    return damage


def _file(pattern: str, change: Callable[[bytes], bytes]) -> Callable[[Path], Any]:
    def damage(folder: Path) -> None:
        (path,) = folder.glob(pattern)
        path.write_bytes(change(path.read_bytes()))

    return damage


BEYOND_REPAIR: dict[str, Callable[[Path], Any]] = {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "manifest is no JSON": _file("manifest.json", lambda _: b"{"),
    "manifest is a list": _manifest(lambda _: [1]),
    "manifest is binary": _file("manifest.json", lambda _: b"\xff\xfe\x00\x01"),
    "another format": _manifest(lambda facts: facts | {"format": 999}),
    "a scenario that is none": _manifest(lambda facts: facts | {"scenario": {"quarters": -1}}),
    "a manifest without a design": _manifest(lambda facts: {key: facts[key] for key in ("format", "scenario")}),
    "blocks that are none": _manifest(lambda facts: facts | {"regions": [{"draws": [5, 0]}]}),
    "no blocks": _manifest(lambda facts: facts | {"regions": []}),
    "blocks twice": _manifest(lambda facts: facts | {"regions": facts["regions"] * 2}),
    "blocks of more draws": _manifest(
        lambda facts: facts | {"regions": [region | {"draws": [0, 10**9]} for region in facts["regions"]]}
    ),
    "blocks between numbers": _manifest(
        lambda facts: facts | {"regions": [region | {"replicates": [0, 3.0]} for region in facts["regions"]]}
    ),
    "other draws": _manifest(lambda facts: facts | {"draws": facts["draws"] + 1}),
    "no draws": _manifest(lambda facts: facts | {"draws": 0, "runs": 0}),
    "true draws": _manifest(lambda facts: facts | {"draws": True}),
    "other runs": _manifest(lambda facts: facts | {"runs": 7}),
    "no number of runs": _manifest(lambda facts: {key: facts[key] for key in facts if key != "runs"}),
    "no backend": _manifest(lambda facts: {key: facts[key] for key in facts if key != "backend"}),
    "a backend that is none": _manifest(lambda facts: facts | {"backend": "abacus"}),
    "a seed that is none": _manifest(lambda facts: facts | {"seed": -1}),
    "a status that is none": _manifest(lambda facts: facts | {"status": "tired"}),
    "part 0 of 0": _manifest(lambda facts: facts | {"part": [1, 0]}),
    "a part that is none": _manifest(lambda facts: facts | {"part": "1/2"}),
    "a command that is none": _manifest(lambda facts: facts | {"command": [1]}),
    "half a command": _manifest(lambda facts: facts | {"command": "triangle-sim 'run"}),
    "no scenario": _manifest(lambda facts: facts | {"scenario": {}}),
    "another scenario": _manifest(lambda facts: facts | {"scenario": facts["scenario"] | {"quarters": 3}}),
    "another hash": _manifest(lambda facts: facts | {"scenario_sha256": "0" * 64}),
    "a manifest without end": _file("manifest.json", lambda _: b"[" * 100_000),
}
REPAIRABLE: dict[str, Callable[[Path], Any]] = {
    "no table": lambda folder: (folder / "moves.parquet").unlink(),
    "half a table": _file("moves.parquet", lambda data: data[:100]),
    "a flipped bit in a table": _file("moves.parquet", lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:]),
    "an empty block": _file("runs/*.parquet", lambda _: b""),
    "half a block": _file("runs/*.parquet", lambda data: data[: len(data) // 2]),
    "a flipped bit in a block": _file("runs/*.parquet", lambda data: data[:999] + bytes([data[999] ^ 4]) + data[1000:]),
    "a flipped bit in parameters": _file("parameters/*", lambda data: data[:99] + bytes([data[99] ^ 4]) + data[100:]),
    "half the counts": _file("counts/*.parquet", lambda data: data[: len(data) // 2]),
    "no block": lambda folder: next((folder / "runs").iterdir()).unlink(),
    "no blocks": lambda folder: shutil.rmtree(folder / "runs"),
    "no journal": lambda folder: (folder / "blocks.jsonl").unlink(),
    "half a journal": _file("blocks.jsonl", lambda data: data[: len(data) // 2]),
    "a journal of noise": _file("blocks.jsonl", lambda data: bytes(range(256)) * 9),
}


@pytest.mark.parametrize("how", BEYOND_REPAIR)
def test_a_folder_without_a_manifest_is_refused(how: str, folder: Path) -> None:
    from triangle_sim.cli.telling import tell_story
    from triangle_sim.montecarlo.folder.grow import extend
    from triangle_sim.montecarlo.run import resume

    BEYOND_REPAIR[how](folder)
    for use in (read, resume, lambda path: extend(path, draws=9)):
        with pytest.raises(UsageError, match=str(folder)):
            use(folder)
    with pytest.raises(UsageError, match=str(folder)):
        tell_story(str(folder), "0.0", None, [], [], False)


@pytest.mark.parametrize("how", REPAIRABLE)
def test_damage_is_found_when_it_is_read_and_mended_by_resume(how: str, folder: Path) -> None:
    import warnings

    from triangle_sim.montecarlo.run import resume

    before = table_bytes(read(folder))
    whole = contents(folder)
    REPAIRABLE[how](folder)
    with pytest.raises(UsageError, match=r"triangle-sim resume") as caught:
        table_bytes(read(folder))
    assert str(folder) in str(caught.value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says what it computes again; other tests look at that
        resume(folder)
    assert table_bytes(read(folder)) == before
    assert contents(folder) == whole


@pytest.mark.parametrize("found", [None, b"", b"mine: 1\n"])
def test_the_scenario_file_says_what_was_run(found: bytes | None, folder: Path) -> None:
    """One that is missing or empty is written again; one that somebody has changed is kept beside it."""
    from triangle_sim.montecarlo.run import resume

    whole, file = contents(folder), folder / "scenario.yaml"
    file.unlink() if found is None else file.write_bytes(found)
    with pytest.warns(UserWarning, match="scenario.yaml did not say what was run"):
        resume(folder)
    expected = whole | ({"scenario.found.yaml": found} if found else {})
    assert contents(folder) == expected


def test_a_scenario_file_of_another_size_is_no_news(folder: Path) -> None:
    """It is what a machine leaves that stops while a folder is made larger."""
    from triangle_sim.montecarlo.run import resume

    whole, file = contents(folder), folder / "scenario.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("draws: 5", "draws: 50"), "utf-8")
    assert contents(folder) != whole
    resume(folder)  # a warning would fail it
    assert contents(folder) == whole


def test_only_files_of_blocks_are_removed(folder: Path) -> None:
    from triangle_sim.montecarlo.run import resume

    whole = contents(folder)
    for name in ("d00000000-00000007.r00000000-00000002.parquet", "mine.parquet", "d1.parquet"):
        (folder / "runs" / name).write_bytes(b"x")
    resume(folder)
    assert contents(folder) == whole | {"runs/mine.parquet": b"x", "runs/d1.parquet": b"x"}
