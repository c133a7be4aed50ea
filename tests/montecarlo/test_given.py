"""Draws with parameters of one's own: the same worlds where they are what was drawn, and kept with what they made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import triangle_sim
from montecarlo.helpers import contents, run, run_part, same, small, table_bytes
from triangle_sim import extend, load, merge, read, resume
from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo import blocks as cells
from triangle_sim.montecarlo import fill
from triangle_sim.montecarlo.design import Design, Job
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.uncertainty import sizes
from triangle_sim.world.theories import load_theory

DESIGN: dict[str, Any] = {"replicates": 3, "seed": 9}
KEEN = "rationality.PRK"


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "block_size", lambda runs: 6)
    monkeypatch.setattr(cells, "PARAMETER_DRAWS", 4)


@pytest.fixture
def keen() -> pd.DataFrame:
    """Seven draws of one parameter, far from what is drawn, and the theories the wrong way round."""
    theory = np.where(np.arange(7) < 4, "lowy-2023", "chung-2024")
    return pd.DataFrame({KEEN: np.linspace(60, 90, 7), "theory": theory})


@pytest.mark.parametrize(("backend", "quarters"), [("numpy", 3), ("llvm", load("trump_win").quarters)])
def test_what_was_drawn_given_back_gives_the_same_bits(backend: str, quarters: int) -> None:
    """A compiled program is that of the whole scenario, which serves other tests too."""
    scenario = small(quarters=quarters)
    drawn = triangle_sim.run(scenario, draws=7, backend=backend, **DESIGN)
    given = triangle_sim.run(scenario, parameters=drawn.parameters, backend=backend, **DESIGN)
    assert given.draws == 7 and table_bytes(given) == table_bytes(drawn)
    half = drawn.parameters.iloc[:, 2::2]
    assert table_bytes(triangle_sim.run(scenario, parameters=half, backend=backend, **DESIGN)) == table_bytes(drawn)


def test_a_column_replaces_its_prior_and_nothing_else(keen: pd.DataFrame) -> None:
    scenario = small(quarters=2)
    drawn, given = run(scenario, draws=7, **DESIGN), run(scenario, parameters=keen, **DESIGN)
    assert given.parameters[KEEN].tolist() == keen[KEEN].tolist()
    assert given.parameters["theory"].tolist() == keen["theory"].tolist()
    assert set(given.runs["theory"][given.runs["draw"] < 4]) == {"lowy-2023"}
    told = {*load_theory("chung-2024").priors, *load_theory("lowy-2023").priors}
    others = [name for name in drawn.parameters if name not in (KEEN, "theory") and name not in told]
    assert len(others) > 200 and given.parameters[others].equals(drawn.parameters[others])
    alike = (drawn.parameters["theory"] == keen["theory"]).to_numpy()
    assert alike.any() and given.parameters[alike].drop(columns=KEEN).equals(drawn.parameters[alike].drop(columns=KEEN))
    assert not given.runs.equals(drawn.runs)
    assert run(scenario, draws=5, parameters=keen, **DESIGN).runs.equals(given.runs[given.runs["draw"] < 5])


def test_a_folder_keeps_them_and_tells_and_saves_the_same_runs(keen: pd.DataFrame, tmp_path: Path) -> None:
    plain = run(small(), parameters=keen, **DESIGN)
    kept = run(small(), parameters=keen, folder=tmp_path / "r", **DESIGN)
    assert table_bytes(kept) == table_bytes(plain) and kept.manifest["parameters_sha256"]
    assert pd.read_parquet(tmp_path / "r" / "given.parquet")[list(keen)].equals(keen)
    told = read(tmp_path / "r").story((5, 2))
    assert str(told) == str(plain.story((5, 2))) and told.theory == "chung-2024"
    row = kept.runs.query("draw == 5 and replicate == 2").iloc[0]
    assert all(
        same(row[name], OUTCOMES[name].of(told.trajectory)[0]) for name in ("support_from_both", "technology_gained")
    )
    assert contents(read(tmp_path / "r").save(tmp_path / "s")) == contents(tmp_path / "r")


def test_an_unfinished_run_is_resumed_to_the_same_bytes(
    keen: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = contents(run(small(), parameters=keen, folder=tmp_path / "whole", **DESIGN).save(tmp_path / "again"))
    compute = fill.compute

    def stops(job: Job, cell: Any) -> Any:
        if cell.runs and cell.draws[0] >= 4:
            raise KeyboardInterrupt
        return compute(job, cell)

    with monkeypatch.context() as patch:
        patch.setattr(fill, "compute", stops)
        with pytest.raises(KeyboardInterrupt, match="12 of 21 futures are kept"):
            run(small(), parameters=keen, folder=tmp_path / "r", **DESIGN)
    with pytest.raises(UsageError, match="the parameters given for the draws differ"):
        run(small(), parameters=keen.assign(**{KEEN: 1.0}), folder=tmp_path / "r", **DESIGN)
    with pytest.raises(UsageError, match="the parameters given for the draws differ"):
        run(small(), draws=7, folder=tmp_path / "r", **DESIGN)
    resume(tmp_path / "r")
    assert contents(tmp_path / "r") == whole


def test_parts_are_merged_and_nothing_is_extended(keen: pd.DataFrame, tmp_path: Path) -> None:
    run(small(), parameters=keen, folder=tmp_path / "whole", **DESIGN)
    parts = [run_part(small(), (k, 2), tmp_path / f"p{k}", parameters=keen, **DESIGN) for k in (1, 2)]
    merge(parts, tmp_path / "merged")
    assert contents(tmp_path / "merged") == contents(tmp_path / "whole")
    other = run_part(small(), (2, 2), tmp_path / "other", parameters=keen.assign(**{KEEN: 1.0}), **DESIGN)
    with pytest.raises(UsageError, match="the parameters given for the draws differ"):
        merge([parts[0], other], tmp_path / "no")
    for larger in ({"draws": 9}, {"replicates": 5}):
        with pytest.raises(UsageError, match="cannot be made larger: its draws were given parameters"):
            extend(tmp_path / "whole", **larger)


def test_given_parameters_that_are_lost_or_changed_are_missed(keen: pd.DataFrame, tmp_path: Path) -> None:
    run(small(), parameters=keen, folder=tmp_path / "r", **DESIGN)
    given = tmp_path / "r" / "given.parquet"
    keen.assign(**{KEEN: 1.0}).to_parquet(given)
    for act in (lambda: read(tmp_path / "r").story((0, 0)), lambda: resume(tmp_path / "r")):
        with pytest.raises(UsageError, match=r"given.parquet: is not what was given\n.*the same data frame"):
            act()
    given.unlink()
    with pytest.raises(UsageError, match=r"given\.parquet: No such file"):
        resume(tmp_path / "r")
    run(small(), draws=2, folder=tmp_path / "r", force=True, **DESIGN)
    assert read(tmp_path / "r").given() is None
    run(small(), parameters=keen, folder=tmp_path / "r", force=True, **DESIGN)
    assert given.exists()
    run(small(), draws=2, folder=tmp_path / "r", force=True, **DESIGN)
    assert not given.exists(), "it belongs to the result that was replaced"


def test_a_block_is_sent_its_own_rows_alone(keen: pd.DataFrame) -> None:
    table = prepared_for(small()).given(keen)
    job = Job.of(small(), Design(7, 3, 9), "", table).of_block(cells.Cell((2, 4), (0, 3)))
    assert job.table is not None and job.table.rows == 2 and job.table.at(np.asarray([3, 2])).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("parameters", "more", "says"),
    [
        ({KEEN: 3.0}, {}, "not a data frame\n.*with_"),
        (pd.DataFrame({KEEN: [1.0, 2.0]}), {"draws": 3}, "3 draws of parameters with 2 rows"),
        (pd.DataFrame({KEEN: []}), {}, "the table has no row"),
        (pd.DataFrame({KEEN: [-1.0]}), {}, "'rationality.PRK' is -1 in row 0, out of range"),
    ],
)
def test_nothing_is_run_with_what_cannot_be_used(parameters: Any, more: Any, says: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=says):
        run(small(), parameters=parameters, folder=tmp_path / "r", **more)
    assert not (tmp_path / "r").exists()


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two members under each theory."""
    monkeypatch.setattr(sizes, "data_dir", lambda kind: tmp_path / "seeds")
    theories = ["chung-2024", "chung-2024", "lowy-2023", "lowy-2023"]
    fit = {"theory": theories, "member": [0, 1, 0, 1], KEEN: [60.0, 70.0, 80.0, 90.0], "rationality.XXX": 1.0}
    sizes.write(sizes.path_of("record"), pd.DataFrame(fit), {"seed": 1})
    return sizes.path_of("record")


def test_sizes_of_the_record_are_noted_and_are_as_if_they_were_given(record: Path, tmp_path: Path) -> None:
    scenario = small(sizes="record")
    found = run(scenario, draws=7, folder=tmp_path / "r", **DESIGN)
    theory, own = found.parameters["theory"], found.parameters[KEEN]
    turn = np.arange(7) % 2
    assert own.tolist() == np.where(theory == "chung-2024", 60.0 + 10 * turn, 80.0 + 10 * turn).tolist()
    as_given = run(small(), parameters=pd.DataFrame({KEEN: own}), **DESIGN)
    assert as_given.runs.equals(found.runs) and as_given.parameters.equals(found.parameters)
    assert found.manifest["sizes"] == "record" and as_given.manifest["sizes"] == "judgement"
    assert len(found.manifest["sizes_sha256"]) == 64 and "sizes_sha256" not in as_given.manifest
    fixed = run(small(sizes="record", parameters={KEEN: 5.0}), draws=7, **DESIGN)
    assert (fixed.parameters[KEEN] == 5.0).all()
    given = run(scenario, parameters=pd.DataFrame({KEEN: [1.0]}), **DESIGN)
    assert given.parameters[KEEN].tolist() == [1.0], "what is given has the last word"


def test_runs_with_other_sizes_are_neither_mixed_nor_told(record: Path, tmp_path: Path) -> None:
    run(small(sizes="record"), draws=4, folder=tmp_path / "r", **DESIGN)
    before = str(read(tmp_path / "r").story((0, 0)))
    frame = pd.read_parquet(record)
    sizes.write(record, frame.assign(**{KEEN: 2.0}), {"seed": 2})
    with pytest.raises(UsageError, match="the sizes fitted to the record differ"):
        extend(tmp_path / "r", draws=5)
    with pytest.raises(UsageError, match="the sizes fitted to the record are not those of this result"):
        read(tmp_path / "r").story((0, 0))
    job = Job.of(small(sizes="record"), Design(2, 1, 1))
    sizes.write(record, frame, {"seed": 1})
    with pytest.raises(UsageError, match="differ here from those of this run"):
        fill.compute(job, cells.Cell((0, 2), (0, 1)))
    assert str(read(tmp_path / "r").story((0, 0))) == before
    gone = small(sizes="record")
    record.unlink()
    with pytest.raises(UsageError, match=r"record\.parquet is missing"):
        run(gone, draws=4, **DESIGN)
    assert json.loads((tmp_path / "r" / "manifest.json").read_text())["status"] == "complete"
