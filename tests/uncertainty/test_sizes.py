"""Sizes fitted to the record: a draw has the member of its own theory whose turn it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from triangle_sim.errors import UsageError
from triangle_sim.uncertainty import Parameter, ParameterTable, Prior, Sampler, fitted, sizes

NORMAL = {"dist": "norm", "loc": 0.0, "scale": 1.0}
ONE = ParameterTable(Parameter(n, Prior.of(NORMAL), "unit", "meaning", ("judgement",), high=9.0) for n in "abc")
TABLES = {"one": ONE, "two": ONE.with_priors({"b": {"dist": "norm", "loc": -5.0, "scale": 1.0}})}
ODDS = {"one": 0.5, "two": 0.5}
FIT = pd.DataFrame(
    {
        "theory": ["one", "one", "one", "two", "two"],
        "member": [0, 1, 2, 0, 1],
        "a": [1.0, 2.0, 3.0, 4.0, 99.0],
        "b": [0.1, 0.2, 0.3, np.nan, np.nan],
        "elsewhere": [7.0] * 5,
    }
)
ABOUT = {"episodes": ["2012"], "seed": 1}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file of fitted sizes would lie."""
    monkeypatch.setattr(sizes, "data_dir", lambda kind: tmp_path)
    return sizes.path_of("record")


def sampled(own: Any = ()) -> Any:
    return Sampler(TABLES, ODDS, fitted("record"), own)(3, range(60))


def test_draw_d_has_member_d_mod_m_of_its_own_theory(path: Path) -> None:
    sizes.write(path, FIT, ABOUT)
    plain, found = Sampler(TABLES, ODDS)(3, range(60)), sampled()
    assert found.theory.tolist() == plain.theory.tolist() and set(found.theory) == {"one", "two"}
    for d, theory in enumerate(found.theory):
        expected = [1.0, 2.0, 3.0][d % 3] if theory == "one" else [4.0, 9.0][d % 2]  # cut to the bound of 9
        assert found.values["a"][d] == expected
        assert found.values["b"][d] == ([0.1, 0.2, 0.3][d % 3] if theory == "one" else plain.values["b"][d])
    assert np.array_equal(found.values["c"], plain.values["c"])


def test_what_a_scenario_says_itself_stays(path: Path) -> None:
    sizes.write(path, FIT, ABOUT)
    plain, found = Sampler(TABLES, ODDS)(3, range(60)), sampled(own={"a"})
    assert np.array_equal(found.values["a"], plain.values["a"]) and not np.array_equal(found.stacked, plain.stacked)


def test_the_same_fit_is_the_same_file(path: Path) -> None:
    sizes.write(path, FIT, ABOUT)
    first, found = path.read_bytes(), fitted("record")
    sizes.write(path, FIT.iloc[::-1, ::-1], dict(reversed(ABOUT.items())))
    assert path.read_bytes() == first and [each.name for each in path.parent.iterdir()] == ["record.parquet"]
    assert found is not None and found.provenance == ABOUT and found.positive == {"a", "b", "elsewhere"}
    sizes.write(path, FIT, ABOUT | {"seed": 2})
    again = fitted("record")
    assert again is not None and again.sha256 != found.sha256 and again.provenance["seed"] == 2


def test_without_a_file_there_is_one_clear_error_and_judgement_needs_none(path: Path) -> None:
    assert fitted("judgement") is None
    with pytest.raises(UsageError, match=r"seeds/sizes/record.parquet is missing\n.*sizes: judgement"):
        fitted("record")


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (FIT.drop(columns="member"), "no column 'member'"),
        (FIT.iloc[:0], "no member"),
        (FIT[["theory", "member"]], "no parameter"),
        (FIT.assign(member=[0, 1, 3, 0, 1]), "the members under 'one' are not 0, 1, ... 2"),
        (FIT.assign(a=[1.0, np.nan, 3.0, 4.0, 5.0]), "a value under 'one' is not a finite number"),
    ],
)
def test_what_is_no_fit_is_not_written(path: Path, frame: pd.DataFrame, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        sizes.write(path, frame, ABOUT)
    assert not path.exists()


def test_a_file_that_is_no_fit_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(UsageError, match=r"record.parquet in seeds/sizes is no file of fitted sizes"):
        fitted("record")
    FIT.to_parquet(path)
    with pytest.raises(UsageError, match="no provenance"):
        fitted("record")


def test_a_theory_that_was_not_fitted_is_refused(path: Path) -> None:
    sizes.write(path, FIT[FIT["theory"] == "one"], ABOUT)
    with pytest.raises(UsageError, match="no sizes are fitted under the theory 'two'"):
        sampled()
