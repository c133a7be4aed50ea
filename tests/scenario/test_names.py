"""Names, quarters and bundled files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triangle_sim import resources
from triangle_sim.errors import UsageError
from triangle_sim.names import canonical_name, country_code, did_you_mean, suggest
from triangle_sim.quarters import Quarter, quarters_from


@pytest.mark.parametrize(
    ("text", "code"),
    [("North Korea", "PRK"), ("DPRK", "PRK"), ("kp", "PRK"), ("north_korea", "PRK"), ("PRK", "PRK"), ("U.S.", "USA"),
     ("us", "USA"), ("Russia", "RUS"), ("CN", "CHN"), ("South-Korea", "KOR"), ("KR", "KOR"), (" ROK ", "KOR"),
     ("Japan", "Japan"), ("", "")],
)  # fmt: skip
def test_countries_by_any_name(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "name"),
    [("goodwill[ RUS , North Korea ]", "goodwill[RUS,PRK]"), ("goodwill [RUS,PRK]", "goodwill[RUS,PRK]"),
     ("weight.DPRK.supply", "weight.PRK.supply"), (" ukraine_war ", "ukraine_war"),
     ("effect.KP.court_moscow.goodwill[Russia, KP]", "effect.PRK.court_moscow.goodwill[RUS,PRK]"),
     ("start.goodwill[CN,KP]", "start.goodwill[CHN,PRK]"), ("goodwill[RUS", "goodwill[RUS"), ("[]", "[]")],
)  # fmt: skip
def test_variables_have_one_spelling(text: str, name: str) -> None:
    assert canonical_name(text) == name
    assert canonical_name(name) == name


def test_suggestions() -> None:
    assert suggest("us_presure", ["us_pressure", "ukraine_war"]) == ["us_pressure"]
    assert suggest("appetite", ["us_deal_appetite", "ukraine_war"]) == ["us_deal_appetite"]
    assert did_you_mean("CHI", ["CHN", "PRK"]) == "did you mean 'CHN'? known: CHN, PRK"
    assert did_you_mean("x", []) == ""
    many = did_you_mean("name7", [f"name{i}" for i in range(100)])
    assert many.startswith("did you mean 'name7'?")
    assert many.endswith("... (100 in all)")


@given(st.integers(0, 9000), st.integers(1, 4), st.integers(0, 400))
def test_quarters_count_like_numbers(year: int, number: int, n: int) -> None:
    quarter = Quarter(year, number)
    assert Quarter.parse(str(quarter)) == quarter
    assert (quarter + n) - quarter == n
    assert (quarter + n) - n == quarter
    assert (quarter < quarter + n) == (n > 0)


def test_a_row_of_quarters() -> None:
    assert [str(q) for q in quarters_from(Quarter.parse("2024Q3"), 3)] == ["2024Q3", "2024Q4", "2025Q1"]


@pytest.mark.parametrize(
    ("text", "advice"),
    [("2024-Q3", "write 2024Q3"), ("Q3 2024", "write 2024Q3"), ("2024q3", "write 2024Q3"), ("3Q2024", "as in 2024Q3"),
     ("2024-08-13", "write 2024Q3"), ("2024-12", "write 2024Q4"), (2024, "write 2024Q1"), ("2024Q5", "quarters 1 to 4"),
     ("2024Q3\n", "write 2024Q3"), ("\u0662\u0660\u0662\u0664Q3", "as in 2024Q3"),
     (None, "as in 2024Q3"), (True, "as in 2024Q3")],
)  # fmt: skip
def test_other_spellings_of_quarters_are_explained(text: object, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        Quarter.parse(text)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "src" / "triangle_sim"
    package.mkdir(parents=True)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "baseline.yaml").touch()
    (tmp_path / "seeds" / "facts").mkdir(parents=True)
    (tmp_path / "seeds" / "facts" / "2024Q3.yaml").touch()
    monkeypatch.setattr(resources, "PACKAGE", package)
    return tmp_path


def test_files_of_a_checkout(checkout: Path) -> None:
    assert resources.list_scenarios() == ["baseline"]
    assert resources.scenario_path("baseline") == checkout / "scenarios" / "baseline.yaml"
    assert resources.seed_path("facts", "2024Q3.yaml").is_file()


def test_files_of_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "triangle_sim"
    (package / "_data" / "scenarios").mkdir(parents=True)
    (package / "_data" / "scenarios" / "one.yaml").touch()
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert resources.list_scenarios() == ["one"]
    with pytest.raises(UsageError, match="lacks the bundled seeds"):
        resources.seed_path("facts")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", "a/b", "baselin", "x\0y"])
def test_only_bundled_names_are_found(checkout: Path, name: str) -> None:
    with pytest.raises(UsageError, match="unknown scenario"):
        resources.scenario_path(name)
    with pytest.raises(UsageError, match="in the bundled facts"):
        resources.seed_path("facts", name)
