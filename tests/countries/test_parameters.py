"""The table of all uncertain numbers of a world: what is in it, and how unsure levels are."""

from __future__ import annotations

import numpy as np
import yaml

from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.countries.parameters import parameter_table
from triangle_sim.resources import data_dir
from triangle_sim.uncertainty import ParameterTable
from triangle_sim.world import DRIVERS, STOCKS, variables_of
from triangle_sim.world.start import load_start
from triangle_sim.world.start import worlds as worlds_at_hand

START = load_start("2024Q3")


def table(*codes: str) -> ParameterTable:
    """The parameters of a world with these countries; of all known ones without any."""
    known = countries()
    among = codes or tuple(known)
    joints = [joint for joint in JOINT_EFFECTS if set(joint.countries) <= set(among)]
    return parameter_table([known[code] for code in among], variables_of(among), joints, START)


def test_every_number_of_countries_meetings_variables_and_drivers_is_there() -> None:
    every = [p.name for country in countries().values() for p in country.parameters()]
    every += [p.name for joint in JOINT_EFFECTS for p in joint.parameters()]
    for name, variable in variables_of(tuple(countries())).items():
        every += [*(p.name for p in variable.parameters()), f"start.{name}", f"rest.{name}"]
    every += ["legacy", "fade", *(driver.name for driver in DRIVERS)]
    assert list(table()) == sorted(every)


def test_levels_are_as_unsure_as_the_facts() -> None:
    """The prior's scale is the level's own standard deviation; a stock's resting level is never surer than 0.05."""
    every, variables = table(), variables_of(tuple(countries()))
    assert any(level.sd < 0.05 for level in START.levels.values())
    assert any(level.sd > 0.05 for level in START.levels.values())
    for name, variable in variables.items():
        level, start, rest = START.level(name), every[f"start.{name}"], every[f"rest.{name}"]
        ends = {"low": variable.low, "high": variable.high}
        assert start.prior.dist == rest.prior.dist == "truncnorm"
        assert start.prior.arguments == {"loc": level.value, "scale": level.sd, **ends}
        assert (start.low, start.high) == (rest.low, rest.high) == (variable.low, variable.high)
        assert start.sources == level.sources
        if name in STOCKS:
            resting = level.value if level.rest is None else level.rest
            assert rest.prior.arguments == {"loc": resting, "scale": max(level.sd, 0.05), **ends}
            assert rest.sources == level.sources


def test_ties_rest_alike_in_all_worlds() -> None:
    """Where the file of usual levels says, which describes every tie of the five."""
    usual = yaml.safe_load((data_dir("seeds") / "facts" / "usual.yaml").read_text(encoding="utf-8"))["ties"]
    ties = {f"rest.{name}": entry for name, entry in usual.items()}
    known = countries()
    worlds = [parameter_table(known.values(), variables_of(tuple(known)), [], load_start(w)) for w in worlds_at_hand()]
    for every in worlds:
        assert {name for name in every if name.startswith("rest.goodwill[")} == set(ties)
        for name, entry in ties.items():
            prior = {"loc": entry["value"], "scale": entry["sd"], "low": -1.0, "high": 1.0}
            assert every[name].prior.arguments == prior
            assert every[name].sources == tuple(entry["source"]) and entry["reasoning"]


def test_a_tie_that_no_file_describes_rests_where_it_starts() -> None:
    few = parameter_table([countries()["PRK"]], variables_of(("PRK", "JPN")), [], START)
    assert few["rest.goodwill[PRK,JPN]"].prior == few["start.goodwill[PRK,JPN]"].prior


def test_what_lasts_is_a_share() -> None:
    legacy, fade = (table()[name] for name in ("legacy", "fade"))
    assert (legacy.low, legacy.high, fade.low, fade.high) == (0.0, 1.0, 0.0, 0.5)
    assert (legacy.prior.dist, fade.prior.dist) == ("beta", "lognorm")


def test_a_pushs_sign_is_its_claims_whatever_the_draw() -> None:
    """Effects, meetings and drivers may be nothing, but not the contrary of what their claims say."""
    every = table()
    pushes = [each for name, each in every.items() if name.split(".")[0] in ("effect", "joint", "driver")]
    assert len(pushes) > 150
    for each in pushes:
        ends = each.draw(np.array([1e-9, 1 - 1e-9]))
        assert (ends.min() == 0.0 < ends.max()) if each.default > 0 else (ends.min() < 0.0 == ends.max()), each.name


def test_ties_to_absent_countries_leave_no_parameter_behind() -> None:
    few = table("CHN", "PRK", "RUS")
    assert "effect.PRK.test_missile.peninsula_tension" in few and "joint.chn_prk_treaty.goodwill[CHN,PRK]" in few
    assert not [name for name in few if "USA" in name or "KOR" in name]
