"""Any valid scenario runs; any broken one is refused, without a traceback, whatever is broken."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenario.strategies import patches, scenario_data, scenarios
from triangle_sim.cli import main
from triangle_sim.montecarlo.run import run
from triangle_sim.montecarlo.tables import of_theory
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.schema import Scenario

CATALOGUE = model_catalogue()
SLOW = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}


def command(*words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command, without fixtures, so that every example starts anew."""
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["triangle-sim", *words]
    code: Any = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as ending:
        code = ending.code or 0
    finally:
        sys.argv = before
    return code, out.getvalue(), err.getvalue()


def in_a_file(folder: Path, data: Any) -> str:
    path = folder / "s.yaml"
    path.write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return str(path)


def assert_refused(code: int, out: str, err: str) -> None:
    assert code == 2, err
    assert out == ""
    assert "error" in err and "Traceback" not in err and "fault of triangle-sim" not in err


def small(scenario: Scenario) -> Scenario:
    """The same with an equilibrium that stops early, so that examples stay quick."""
    rules = {code: rule.model_dump() | {"max_iterations": 20} for code, rule in scenario.decision.items()}
    return scenario.with_(decision=rules)


@given(scenarios(CATALOGUE, max_quarters=4))
@settings(max_examples=20, **SLOW)
def test_valid_scenarios_run(scenario: Scenario) -> None:
    result = run(small(scenario), draws=2, replicates=2)
    assert len(result.runs) == 4
    variables = result.prepared.variables
    quarters = of_theory(result.quarters)
    means = quarters[quarters["variable"].isin(variables)].set_index("variable")["mean"]
    assert np.isfinite(means).all()
    low = np.asarray([variables[name].low for name in means.index])
    high = np.asarray([variables[name].high for name in means.index])
    assert ((means >= low - 1e-9) & (means <= high + 1e-9)).all()


@given(scenario_data(CATALOGUE, max_quarters=2))
@settings(max_examples=12, **SLOW)
def test_valid_files_pass_the_command_line(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    file = in_a_file(tmp_path_factory.mktemp("valid"), data)
    code, out, err = command("check", file)
    assert code in (0, 2), err
    assert "Traceback" not in err and "fault of triangle-sim" not in err
    if code == 0:
        data["decision"] = {"default": {"rule": "quantal", "depth": 1}}
        code, out, err = command("run", in_a_file(Path(file).parent, data), "--draws=2", "--replicates=2", "--no-save")
        assert code == 0, err
        assert "A model, not a forecast" in out


def broken(data: dict[str, Any], how: str) -> dict[str, Any]:
    """A valid scenario with one thing wrong."""
    match how:
        case "unknown key":
            return data | {"colour": "red"}
        case "unknown name in state":
            return data | {"state": {**data["state"], "the_weather": 0.5}}
        case "wrong type":
            return data | {"draws": "many"}
        case "a list for a mapping":
            return data | {"events": [1, 2]}
        case "out of range":
            return data | {"quarters": -3}
        case "unknown country":
            return data | {"countries": ["PRK", "XXX"]}
        case "unknown move":
            return data | {"moves": {"disable": {"PRK": ["sleep"]}}}
        case "unknown theory":
            return data | {"theory": {"marx-1848": 1.0}}
        case "unknown claim":
            return data | {"claims": ["Z9"]}
        case "event without timing":
            return data | {"events": {"e": {"effects": {"ukraine_war": 0.1}}}}
        case "exclusive events above one":
            pair = {"when": "2024Q3", "probability": 0.7, "group": "g", "effects": {"ukraine_war": 0.1}}
            return data | {"events": {"e": pair, "f": pair}, "groups": {"g": "either"}}
        case "unknown parent":
            return data | {"extends": "no_such_parent"}
    return data | {"theory": {"chung-2024": 0.9, "lowy-2023": 0.9}}


HOWS = [
    "unknown key",
    "unknown name in state",
    "wrong type",
    "a list for a mapping",
    "out of range",
    "unknown country",
    "unknown move",
    "unknown theory",
    "unknown claim",
    "event without timing",
    "exclusive events above one",
    "unknown parent",
    "theories above one",
]


@given(data=scenario_data(CATALOGUE), how=st.sampled_from(HOWS), verb=st.sampled_from(["check", "run", "story"]))
@settings(max_examples=30, **SLOW)
def test_broken_files_are_refused(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any], how: str, verb: str
) -> None:
    assert_refused(*command(verb, in_a_file(tmp_path_factory.mktemp("broken"), broken(data, how))))


@given(st.one_of(st.text(max_size=200), st.text("{}[]:,-&*!|>'\"\n\t #ab01", max_size=120)))
@settings(max_examples=60, **SLOW)
def test_any_text_is_a_scenario_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("text")
    (folder / "s.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    code, _, err = command("check", str(folder / "s.yaml"))
    assert code in (0, 2), err
    assert "Traceback" not in err and "fault of triangle-sim" not in err


@given(st.lists(patches(CATALOGUE), min_size=1, max_size=3))
@settings(max_examples=30, **SLOW)
def test_any_chain_of_files_is_a_scenario_or_refused(
    tmp_path_factory: pytest.TempPathFactory, chain: list[dict[str, Any]]
) -> None:
    folder, parent = tmp_path_factory.mktemp("chain"), "baseline"
    for number, patch in enumerate(chain):
        (folder / f"s{number}.yaml").write_text(yaml.safe_dump({"extends": parent, **patch}), encoding="utf-8")
        parent = f"./s{number}.yaml"
    code, _, err = command("check", str(folder / parent))
    assert code in (0, 2), err
    assert "Traceback" not in err and "fault of triangle-sim" not in err


keys = st.sampled_from(["ukraine_war", "quarters", "draws", "events.e.when", "theory", "", "extends", "decision.PRK"])


@given(key=keys, value=st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20))
@settings(max_examples=40, **SLOW)
def test_any_value_set_is_taken_or_refused(key: str, value: str) -> None:
    code, _, err = command("show", "baseline", "--set", f"{key}={value}")
    assert code in (0, 2), err
    assert "Traceback" not in err and "fault of triangle-sim" not in err
