"""The command `hindcast`: the answer first, the same numbers as data, files, and mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

FEW = ("--draws", "4", "--replicates", "2", "--backend", "numpy")


def test_the_answer_comes_first_and_its_limits_last(call) -> None:
    ended = call("hindcast", "2012", *FEW)
    assert ended.code == 0 and "8 futures" in ended.err
    paragraphs = ended.out.strip().split("\n\n")
    assert paragraphs[0].startswith("Over 2013-2024 the model's ties miss the record by")
    assert paragraphs[-1].startswith("What this cannot say")
    for text in ("random walk", "PRK-CHN", "Kim meets a US president", "2018-2019", "favours", "came true"):
        assert text in ended.out


def test_as_data_it_is_what_the_words_say(call) -> None:
    words, data = (
        call("hindcast", "record_2012", "--from", "2013", "--set", "quarters=16", *FEW, *more)
        for more in ((), ("--json",))
    )
    (found,) = json.loads(data.out)["hindcasts"]
    assert (found["episode"], found["origin"], found["draws"]) == ("2012", 2013, 4)
    assert " ".join(words.out.split("\n\n")[0].split()) == found["answer"]
    assert [row["year"] for row in found["by_year"]] == [2014, 2015]
    assert found["ties"][0]["predictor"] == "model" and found["ties"][0]["low"] is None


def test_all_episodes(call) -> None:
    ended = call("hindcast", "all", "--set", "quarters=8", *FEW)
    assert ended.code == 0
    for years in (1956, 1985, 2013):
        assert f"Over {years} the model's ties miss the record by" in ended.out
    assert "Era by era" in ended.out


def test_its_files_agree(call, here: Path) -> None:
    ended = call("hindcast", "1984", "-o", "out", "--set", "quarters=12", *FEW)
    assert ended.code == 0 and "Saved in out." in ended.err
    names = ["events_1984.csv", "hindcast_1984.png", "scores_1984.json", "ties_1984.csv"]
    assert sorted(path.name for path in (here / "out").iterdir()) == names
    ties = pd.read_csv(here / "out" / "ties_1984.csv")
    assert len(ties) == 30 and ties["crps_model"].isna().sum() == 10
    scores = json.loads((here / "out" / "scores_1984.json").read_text(encoding="utf-8"))
    assert scores["ties"][0]["crps"] == pytest.approx(ties["crps_model"].mean())


def test_one_theory_alone(call) -> None:
    ended = call("hindcast", "--theory", "lowy-2023", "--json", "--set", "quarters=12", *FEW)
    (found,) = json.loads(ended.out)["hindcasts"]
    assert found["theories"] == ["lowy-2023"] and found["favours"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("1999",), ("no episode '1999'", "1955, 1984, 2012, all")),
        (("recrod_2012",), ("unknown scenario 'recrod_2012'",)),
        (("baseline",), ("starts in 2024Q3", "record_2012")),
        (("2012", "--from", "2030"), ("after 2030", "from 2012 to 2023")),
        (("2012", "--from", "1999"), ("after 1999", "from 2012 to 2023")),
        (("2012", "--set", "quarters=80"), ("ends in 2024", "quarters=52 or fewer")),
        (("2012", "--theory", "chung"), ("unknown theory 'chung'", "chung-2024")),
        (("2012", "--draws", "100000", "--replicates", "2"), ("200,000 runs", "at most 100,000")),
        (("2012", "--draws", "0"), ("--draws 0",)),
        (("2012", "--seed", "-1"), ("--seed -1",)),
    ],
)
def test_mistakes(words: tuple[str, ...], says: tuple[str, ...], call) -> None:
    call("hindcast", *words).refused(*says)
