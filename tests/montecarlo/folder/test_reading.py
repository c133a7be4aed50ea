"""Result folders that are damaged, edited or not what they say: refused in one sentence, or mended by resume."""

from __future__ import annotations

import json
import os
import shutil
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from montecarlo.helpers import contents, run, table_bytes
from triangle_sim import extend, merge, read, resume
from triangle_sim.cli.telling import story
from triangle_sim.errors import UsageError
from triangle_sim.scenario.schema import Scenario

Damage = Callable[[Path], Any]


def _manifest(change: Callable[[dict[str, Any]], Any]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "manifest.json"
        path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))))

    return damage


def _region(**change: Any) -> Damage:
    return _manifest(lambda facts: facts | {"regions": [region | change for region in facts["regions"]]})


def _file(pattern: str, change: Callable[[bytes], bytes]) -> Damage:
    def damage(folder: Path) -> None:
        (path,) = folder.glob(pattern)
        path.write_bytes(change(path.read_bytes()))

    return damage


def _instead(pattern: str, make: Callable[[Path], Any]) -> Damage:
    """Something else under a file's name."""

    def damage(folder: Path) -> None:
        (path,) = folder.glob(pattern)
        path.unlink()
        make(path)

    return damage


def _huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 10**11)


ODD: dict[str, Callable[[Path], Any]] = {
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": Path.mkdir,
    "a huge file": _huge,
    "a link to itself": lambda path: path.symlink_to(path),
}
WRONG = (None, True, 5.5, -1, "x", [], {}, [[[1]]], 10**30, float("nan"))
"""Values that no entry of a manifest can have."""
ENTRIES = ("draws", "replicates", "seed", "runs", "backend", "precision", "model_sha256", "triangle_sim", "status",
           "regions", "versions", "scenario", "scenario_sha256", "python", "platform")  # fmt: skip

NESTED = b'{"a":' * 9999 + b"1" + b"}" * 9999
BACKWARDS = [{"draws": draws, "replicates": [0, 3], "block": 9} for draws in ([5, 3], [3, 5])]
BEYOND_REPAIR: dict[str, Damage] = {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "manifest is no JSON": _file("manifest.json", lambda _: b"{"),
    "manifest is a list": _manifest(lambda _: [1]),
    "manifest is a number": _manifest(lambda _: 7),
    "manifest is binary": _file("manifest.json", lambda _: b"\xff\xfe\x00\x01"),
    "a manifest without end": _file("manifest.json", lambda _: b"[" * 100_000),
    "a nested manifest": _file("manifest.json", lambda _: b'{"format": 4, "scenario": ' + NESTED + b"}"),
    "another format": _manifest(lambda facts: facts | {"format": 3}),
    "a format of many words": _manifest(lambda facts: facts | {"format": ["x" * 10_000]}),
    "an endless number": _file("manifest.json", lambda data: data.replace(b'"seed": 9', b'"seed": ' + b"9" * 5000)),
    "a manifest without a design": _manifest(lambda facts: {key: facts[key] for key in ("format", "scenario")}),
    "blocks that are none": _manifest(lambda facts: facts | {"regions": [{"draws": [5, 0]}]}),
    "no blocks": _manifest(lambda facts: facts | {"regions": []}),
    "blocks twice": _manifest(lambda facts: facts | {"regions": facts["regions"] * 2}),
    "blocks backwards": _manifest(lambda facts: facts | {"regions": [*facts["regions"], *BACKWARDS]}),
    "blocks of more draws": _region(draws=[0, 10**9]),
    "blocks between numbers": _region(replicates=[0, 3.0]),
    "a million million draws": lambda folder: (_manifest(lambda f: f | {"draws": 10**12, "runs": 3 * 10**12})(folder),
                                               _region(draws=[0, 10**12])(folder)),
    "fifty million blocks": lambda folder: (_manifest(lambda f: f | {"draws": 16_000_000, "runs": 48_000_000})(folder),
                                            _region(draws=[0, 16_000_000], block=1)(folder)),
    "a million parts of a design": _manifest(lambda f: f | {"regions": f["regions"] * 10**6}),
    "other draws": _manifest(lambda facts: facts | {"draws": facts["draws"] + 1}),
    "no draws": _manifest(lambda facts: facts | {"draws": 0, "runs": 0}),
    "other runs": _manifest(lambda facts: facts | {"runs": 7}),
    "a backend that is none": _manifest(lambda facts: facts | {"backend": "abacus"}),
    "a precision that is none": _manifest(lambda facts: facts | {"precision": "single"}),
    "part 0 of 0": _manifest(lambda facts: facts | {"part": [1, 0]}),
    "part 3 of 2": _manifest(lambda facts: facts | {"part": [3, 2]}),
    "a part that is none": _manifest(lambda facts: facts | {"part": "1/2"}),
    "a command that is none": _manifest(lambda facts: facts | {"command": [1]}),
    "half a command": _manifest(lambda facts: facts | {"command": "triangle-sim 'run"}),
    "a scenario that is none": _manifest(lambda facts: facts | {"scenario": {"quarters": -1}}),
    "a scenario without a name": _manifest(lambda facts: facts | {"scenario": {}}),
    "a name that is none": _manifest(lambda facts: facts | {"scenario": facts["scenario"] | {"name": 5}}),
    "another scenario": _manifest(lambda facts: facts | {"scenario": facts["scenario"] | {"quarters": 3}}),
    "another hash": _manifest(lambda facts: facts | {"scenario_sha256": "0" * 64}),
    **{f"manifest is {what}": _instead("manifest.json", make) for what, make in ODD.items()},
    **{f"no {name}": _manifest(lambda facts, name=name: {k: facts[k] for k in facts if k != name}) for name in ENTRIES},
}  # fmt: skip
REPAIRABLE: dict[str, Damage] = {
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
    **{f"a block is {what}": _instead("runs/*", make) for what, make in ODD.items() if what != "a folder"},
}


ONE_KIND = pytest.mark.parametrize("original", ["streamed"], indirect=True)


def _refused(folder: Path) -> None:
    """By every use, in one sentence, and none reads on and on."""
    for use in (
        read,
        resume,
        lambda path: extend(path, draws=9),
        lambda path: merge([path], folder.parent / "out"),
        lambda path: story(str(path)),
    ):
        began = time.monotonic()
        with pytest.raises(UsageError, match=str(folder)) as caught:
            use(folder)
        assert time.monotonic() - began < 30
        assert len(caught.value.message) < 500 and "\n" not in caught.value.message


@ONE_KIND
@pytest.mark.parametrize("how", BEYOND_REPAIR)
def test_a_folder_without_a_manifest_is_refused(how: str, folder: Path) -> None:
    BEYOND_REPAIR[how](folder)
    _refused(folder)


@ONE_KIND
@pytest.mark.parametrize("name", ENTRIES)
def test_wrong_types_in_a_manifest_are_refused(name: str, folder: Path) -> None:
    fine = {"backend": str, "precision": str, "model_sha256": str, "triangle_sim": str, "python": str, "platform": str}
    whole = json.loads((folder / "manifest.json").read_text("utf-8"))
    for value in WRONG:
        if isinstance(value, fine.get(name, ())) or (name, value) == ("versions", {}):
            continue
        (folder / "manifest.json").write_text(json.dumps(whole | {name: value}))
        with pytest.raises(UsageError, match=str(folder)):
            read(folder)


@pytest.mark.parametrize("how", REPAIRABLE)
def test_damage_is_found_when_it_is_read_and_mended_by_resume(how: str, folder: Path) -> None:
    before, whole = table_bytes(read(folder)), contents(folder)
    REPAIRABLE[how](folder)
    with pytest.raises(UsageError, match=r"triangle-sim resume") as caught:
        table_bytes(read(folder))
    assert str(folder) in str(caught.value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says what it computes again; other tests look at that
        resume(folder)
    assert contents(folder) == whole
    assert table_bytes(read(folder)) == before


@ONE_KIND
@pytest.mark.parametrize("what", ODD)
def test_a_journal_that_is_no_file_is_told_at_once(what: str, folder: Path) -> None:
    _instead("blocks.jsonl", ODD[what])(folder)
    for use in (read, resume, lambda path: extend(path, draws=9)):
        began = time.monotonic()
        with pytest.raises(UsageError, match=r"blocks\.jsonl .*\n.*remove it"):
            use(folder)
        assert time.monotonic() - began < 30


LINES = [
    [], 7, None, True, "x", [[]], {}, float("nan"),
    {"files": []},
    {"files": {"moves.parquet": 5}},
    {"files": {"moves.parquet": [1]}},
    {"files": {"moves.parquet": [1, 2]}},
    {"files": {"moves.parquet": [1, "x", 3]}},
    {"files": {"moves.parquet": {"0": 1, "1": "x"}}},
    {"files": {"moves.parquet": [0.5, "x"]}},
    {"files": {"moves.parquet": ["1", "x"]}},
    {"files": {"moves.parquet": [float("nan"), "x"]}},
    {"files": {"moves.parquet": [float("inf"), "x"]}},
    {"files": {"moves.parquet": [10**40, "x"]}},
    {"files": {"moves.parquet": [2**53 - 1, "x"]}},
    {"files": {"moves.parquet": [-1, "x"]}},
    {"files": {"moves.parquet": [1, "x"]}},
    {"files": {"nosuch": [1, "x"]}},
    {"files": {"../../x": [1, "x"]}},
    {"files": {"": [1, "x"]}},
]  # fmt: skip


@pytest.mark.parametrize("origin", [True, False], ids=["of this run", "of none"])
def test_journal_lines_of_odd_shapes_are_as_if_they_were_not_there(origin: bool, folder: Path) -> None:
    whole, path = contents(folder), folder / "blocks.jsonl"
    ours = json.loads(path.read_text().splitlines()[0])["origin"]
    odd = [line | {"origin": ours} if origin and isinstance(line, dict) else line for line in LINES]
    lines = [json.dumps(line).encode() for line in odd] + [b"[" * 99_999, b'{"a":' * 9999, b"\xff\x00", b"9" * 5000]
    path.write_bytes(b"\n".join([*lines, whole["blocks.jsonl"]]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some give a block or table the seal of something else
        resume(folder)
    assert contents(folder) == whole


@pytest.fixture(scope="session")
def foreign(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that differs by its seed alone."""
    target = tmp_path_factory.mktemp("foreign") / "r"
    run(scenario, draws=5, replicates=3, seed=10, folder=target)
    return target


def test_blocks_and_journal_of_another_run_are_not_taken(foreign: Path, folder: Path) -> None:
    """Everything but the manifest is of a run with another seed: found when read, told and computed again by resume."""
    whole = contents(folder)
    for name in contents(foreign):
        if name not in ("manifest.json", "scenario.yaml"):
            shutil.copy(foreign / name, folder / name)
    assert contents(folder) != whole
    with pytest.raises(UsageError, match=r"blocks\.jsonl lists .* of another run\n.*resume"):
        read(folder)
    with pytest.raises(UsageError, match=r"does not list .*\n.*then merge again"):
        merge([folder], folder.parent / "out")
    assert not (folder.parent / "out").exists()
    with pytest.warns(UserWarning, match=r"12 lines of blocks\.jsonl belong to another run"):
        resume(folder)
    assert contents(folder) == whole


def test_a_block_of_another_run_with_a_forged_journal_is_not_taken(foreign: Path, folder: Path) -> None:
    """The journal is changed to vouch for it; the block itself says where it belongs."""
    whole = contents(folder)
    name = next(name for name in whole if name.startswith("runs/"))
    shutil.copy(foreign / name, folder / name)
    ours, theirs = (
        [json.loads(line) for line in (place / "blocks.jsonl").read_text().splitlines()] for place in (folder, foreign)
    )
    for mine, other in zip(ours, theirs, strict=True):
        if name in mine["files"]:
            mine["files"][name] = other["files"][name]
    (folder / "blocks.jsonl").write_text("".join(json.dumps(line) + "\n" for line in ours))
    with pytest.raises(UsageError, match=f"{name} belongs to another run"):
        read(folder).runs  # noqa: B018
    with pytest.raises(UsageError, match=f"{name} belongs to another run"):
        merge([folder], folder.parent / "out")
    with pytest.warns(UserWarning, match=f"{name} belongs to another run"):
        resume(folder)
    assert contents(folder) == whole
