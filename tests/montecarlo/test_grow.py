"""More draws, more replicates, parts made apart: the same as one run; and nothing that differs is mixed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from montecarlo.helpers import contents, run, run_part, small, table_bytes
from triangle_sim import extend, merge, read, resume
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo import blocks as cells
from triangle_sim.montecarlo import fill


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "block_size", lambda runs: 10)
    monkeypatch.setattr(cells, "PARAMETER_DRAWS", 4)


@pytest.fixture
def short() -> Any:
    return small(quarters=2)


@pytest.mark.parametrize(("draws", "replicates"), [(9, 3), (5, 12)])
def test_extended_is_as_if_run_at_once(draws: int, replicates: int, short: Any, tmp_path: Path) -> None:
    run(short, draws=5, replicates=3, folder=tmp_path / "grown", command="triangle-sim run x --draws=5 --replicates=3")
    kept = {name: data for name, data in contents(tmp_path / "grown").items() if "/" in name}
    extend(tmp_path / "grown", draws=draws, replicates=replicates)
    run(short, draws=draws, replicates=replicates, folder=tmp_path / "fresh")
    grown, fresh = contents(tmp_path / "grown"), contents(tmp_path / "fresh")
    assert kept.items() <= grown.items()  # nothing that was there has changed
    for name in fresh:
        if name.endswith(".parquet") and "/" not in name:
            assert grown[name] == fresh[name], name
    assert grown["scenario.yaml"] == fresh["scenario.yaml"]
    assert table_bytes(read(tmp_path / "grown")) == table_bytes(read(tmp_path / "fresh"))
    command = json.loads(grown["manifest.json"])["command"]
    assert command == f"triangle-sim run x --draws={draws} --replicates={replicates}"


def test_extended_twice_is_as_if_run_at_once(short: Any, tmp_path: Path) -> None:
    run(short, draws=3, replicates=2, folder=tmp_path / "grown")
    extend(tmp_path / "grown", draws=5)
    extend(tmp_path / "grown", replicates=4)
    extend(tmp_path / "grown", draws=6, replicates=5)
    expected = table_bytes(run(short, draws=6, replicates=5))
    assert table_bytes(read(tmp_path / "grown")) == expected


def test_an_extension_that_was_interrupted_is_resumed(
    short: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(short, draws=5, replicates=3, folder=tmp_path / "r")
    shutil.copytree(tmp_path / "r", tmp_path / "whole")
    extend(tmp_path / "whole", draws=15)
    compute, left = fill.compute, [3]

    def some(*args: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return compute(*args)

    with monkeypatch.context() as patched:
        patched.setattr(fill, "compute", some)
        with pytest.raises(KeyboardInterrupt, match="triangle-sim resume"):
            extend(tmp_path / "r", draws=15, jobs=1)
    with pytest.raises(UsageError, match="unfinished"):
        read(tmp_path / "r")
    with pytest.raises(UsageError, match="unfinished"):
        extend(tmp_path / "r", draws=20)
    extend(tmp_path / "r", draws=15)  # the same again goes on with it
    assert contents(tmp_path / "r") == contents(tmp_path / "whole")


@pytest.mark.parametrize(
    ("design", "says"),
    [({}, "5 draws x 3 replicates already"), ({"draws": 5}, "already"), ({"draws": 4}, "more than"),
     ({"draws": 9, "replicates": 2}, "more than")],
)  # fmt: skip
def test_what_adds_nothing_is_refused(design: dict[str, int], says: str, short: Any, tmp_path: Path) -> None:
    run(short, draws=5, replicates=3, folder=tmp_path / "r")
    before = contents(tmp_path / "r")
    with pytest.raises(UsageError, match=says):
        extend(tmp_path / "r", **design)
    assert contents(tmp_path / "r") == before


@pytest.mark.parametrize("parts", [1, 3])
def test_merged_parts_are_the_folder_of_one_run(parts: int, short: Any, tmp_path: Path) -> None:
    whole = {"draws": 7, "replicates": 6}
    command = "triangle-sim run x"
    run(short, **whole, folder=tmp_path / "whole", command=command)
    folders = [
        run_part(short, (k, parts), tmp_path / f"p{k}", **whole, command=f"{command} --part={k}/{parts}")
        for k in range(1, parts + 1)
    ]
    before = [contents(folder) for folder in folders]
    merge(reversed(folders) if parts == 3 else folders, tmp_path / "merged")  # type: ignore[arg-type]
    assert contents(tmp_path / "merged") == contents(tmp_path / "whole")
    assert [contents(folder) for folder in folders] == before


def test_parts_of_other_sizes_may_be_mixed(short: Any, tmp_path: Path) -> None:
    """One machine was twice as quick."""
    folders = [run_part(short, part, tmp_path / f"{part}", draws=8, replicates=6) for part in ((1, 2), (3, 4), (4, 4))]
    merge(folders, tmp_path / "merged")
    run(short, draws=8, replicates=6, folder=tmp_path / "whole")
    assert contents(tmp_path / "merged") == contents(tmp_path / "whole")


def test_parts_that_are_not_a_whole_are_refused(short: Any, tmp_path: Path) -> None:
    p = {k: run_part(short, (k, 4), tmp_path / f"p{k}", draws=8, replicates=6) for k in (1, 2, 3, 4)}
    half = run_part(short, (1, 2), tmp_path / "half", draws=8, replicates=6)
    out = tmp_path / "out"
    with pytest.raises(UsageError, match=r"lack 12 of 48 futures, the first of them draw 4, replicates 0 to 5"):
        merge([p[1], p[2], p[4]], out)
    with pytest.raises(UsageError, match=r"half both hold|both hold .*draw"):
        merge([p[1], half, p[3], p[4]], out)
    with pytest.raises(UsageError, match="both hold"):
        merge([p[1], p[1]], out)
    with pytest.raises(UsageError, match="nothing to merge"):
        merge([], out)
    with pytest.raises(UsageError, match="part 1 of 4"):
        read(p[1])
    with pytest.raises(UsageError, match="merge"):
        extend(p[1], draws=20)
    damaged = next((p[2] / "counts").iterdir())
    damaged.write_bytes(damaged.read_bytes()[::-1])
    with pytest.raises(UsageError, match=f"{damaged.name}.*\n.*resume {p[2]} .*; then merge again"):
        merge(p.values(), out)
    assert not out.exists()

    def stop(done: int, runs: int) -> None:
        raise KeyboardInterrupt

    with pytest.warns(UserWarning, match="computed again"):
        resume(p[2])
    with pytest.raises(KeyboardInterrupt):
        merge(p.values(), out, progress=stop)
    assert not out.exists()
    merge(p.values(), out)
    run(short, draws=8, replicates=6, folder=tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")
    with pytest.raises(UsageError, match="out exists already"):
        merge(p.values(), out)


Change = Callable[[dict[str, Any]], dict[str, Any]]
CHANGES: dict[str, tuple[Change, str]] = {
    "code": (lambda facts: {"model_sha256": "0" * 64}, "another version of the model .*code 000000000000"),
    "scenario": (
        lambda facts: {"scenario_sha256": "0" * 64, "scenario": facts["scenario"] | {"quarters": 5}},
        "scenario differs: quarters 5 against 2",
    ),
    "seed": (lambda facts: {"seed": 7}, "seed 7 against 1"),
    "backend": (lambda facts: {"backend": "llvm"}, "backend llvm against numpy"),
    "precision": (
        lambda facts: {"precision": "single", "backend": "llvm"},
        "precision single against double",
    ),
    "draws": (
        lambda facts: {"draws": 9, "runs": 54, "regions": [facts["regions"][0] | {"draws": [0, 9]}]},
        "draws 9 against 4",
    ),
}


def changed(folder: Path, change: Change) -> None:
    path = folder / "manifest.json"
    facts = json.loads(path.read_text())
    path.write_text(json.dumps(facts | change(facts)))


@pytest.mark.parametrize("what", CHANGES)
def test_what_differs_is_not_mixed(what: str, short: Any, tmp_path: Path) -> None:
    change, says = CHANGES[what]
    one, two = (run_part(short, (k, 2), tmp_path / f"p{k}", draws=4, replicates=6) for k in (1, 2))
    changed(one, change)
    with pytest.raises(UsageError, match=f"not of the same run as .*p1.*({says}|{_other_way(says)})"):
        merge([one, two], tmp_path / "out")
    changed(one, lambda _: {"status": "running"})
    with pytest.raises(UsageError, match=f"unfinished run of another kind .*{says}"):
        run_part(short, (1, 2), one, draws=4, replicates=6)
    assert not (tmp_path / "out").exists()


def _other_way(says: str) -> str:
    """The same difference seen from the other folder."""
    head, _, tail = says.rpartition(" against ")
    first, _, value = head.rpartition(" ")
    return f"{first} {tail} against {value}" if head else "against .*code 000000000000"


def test_blocks_of_another_version_are_not_added(short: Any, tmp_path: Path) -> None:
    run(short, draws=3, replicates=3, folder=tmp_path / "r")
    changed(tmp_path / "r", CHANGES["code"][0])
    before = contents(tmp_path / "r")
    for use in (resume, lambda folder: extend(folder, draws=9)):
        with pytest.raises(UsageError, match=CHANGES["code"][1]):
            use(tmp_path / "r")
    assert contents(tmp_path / "r") == before


def test_other_libraries_are_told(short: Any, tmp_path: Path) -> None:
    run(short, draws=3, replicates=3, folder=tmp_path / "r")
    changed(tmp_path / "r", lambda facts: {"versions": facts["versions"] | {"numpy": "1.0"}, "platform": "Plan 9"})
    with pytest.warns(UserWarning, match=r"last digits.*numpy 1\.0 there.*platform Plan 9 there"):
        extend(tmp_path / "r", draws=6)


def test_two_processes_do_not_write_to_one_folder(short: Any, tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    from triangle_sim.montecarlo.folder.manifest import read_manifest
    from triangle_sim.montecarlo.folder.writing import opened

    run(short, draws=3, replicates=3, folder=tmp_path / "r")
    with (
        opened(tmp_path / "r", read_manifest(tmp_path / "r"), short),
        pytest.raises(UsageError, match="another process"),
    ):
        extend(tmp_path / "r", draws=6)
    extend(tmp_path / "r", draws=6)
