"""`drivers`, `sweep` and `takes`: the answer first, tables that other programs read, clear refusals."""

import json

import pytest

from triangle_sim.claims.words import all_words

SHORT = ("--set", "quarters=4", "--draws", "12", "--replicates", "2", "--backend", "numpy")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("drivers", "us_prk_sumit"), ("unknown outcome", "did you mean 'us_prk_summit'")),
        (("drivers", "us_prk_summit_when"), ("is a date", "us_prk_summit")),
        (("drivers", "end_state"), ("end_state=bloc",)),
        (("drivers", "us_prk_summit", "--rows", "100"), ("power of two",)),
        (("drivers", "us_prk_summit", "--above", "0.5"), ("yes or no",)),
        (("drivers", "mean nothing"), ("unknown state variable",)),
        (("drivers", "us_prk_summit", "nowhere"), ("nowhere",)),
        (("sweep", "baseline"), ("--vary is missing",)),
        (("sweep", "baseline", "--vary", "pin.ukraine_war=0:3:3"), ("out of range", "0 .. 1")),
        (("sweep", "baseline", "--vary", "pin.war=0:1:3"), ("unknown key", "ukraine_war")),
        (("sweep", "baseline", *("--vary", "pin.ukraine_war=0:1:3") * 2), ("given twice",)),
        (("takes", "us_prk_summit", "over", "0.5"), ("neither above nor below", "takes us_prk_summit above 0.5")),
        (("takes", "us_prk_summit", "above", "5"), ("no share of futures",)),
    ],
)
def test_what_cannot_be_asked_is_told_at_once(call, words, says):
    call(*words).refused(*says)


def test_a_sweep_answers_first_and_saves_table_and_picture(call, here):
    ended = call("sweep", "baseline", "--vary", "pin.us_deal_appetite=0:1:2", "--outcome", "us_prk_summit", *SHORT,
                 "-o", "out")  # fmt: skip
    assert ended.code == 0, ended.err
    first = ended.out.strip().split("\n")[:3]
    assert first[0] == "Do Kim and the US president meet?"
    assert first[1].strip().startswith("If Chung is right:") and "50%" in first[1]
    assert "A model, not a forecast" in ended.out
    assert {path.name for path in (here / "out").iterdir()} == {"sweep.csv", "sweep.png"}
    rows = json.loads(call("sweep", "baseline", "--vary", "pin.us_deal_appetite=0:1:2", "--outcome", "us_prk_summit",
                           *SHORT, "--json").out)  # fmt: skip
    assert len(rows["values"]) == 4 and len(rows["crossings"]) == 2


@pytest.mark.long
def test_drivers_and_takes_answer_first(call):
    ended = call("drivers", "mean goodwill[RUS,PRK]", "--set", "quarters=4", "--rows", "32", "--replicates", "2",
                 "--paths", "4")  # fmt: skip
    assert ended.code == 0, ended.err
    assert ended.out.strip().startswith("How high is Moscow's goodwill to Pyongyang")
    assert "Rule (PRIM)" in ended.out and "A model, not a forecast" in ended.out
    ended = call("takes", "mean goodwill[RUS,PRK]", "above", "0.95", "--set", "quarters=4", "--draws", "50",
                 "--replicates", "2", "--json")  # fmt: skip
    assert ended.code == 0, ended.err
    found = json.loads(ended.out)
    assert [row for row in found["changes"] if row["kind"] == "size"]
    assert len(found["answer"]) == 2
    named = {source for row in found["changes"] for source in row["sources"].split()} & {*all_words()}
    assert found["claims"] and {*found["claims"]} <= named
