"""The table of all uncertain numbers of a world: what is in it, and how unsure levels are."""

from __future__ import annotations

from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.countries.parameters import parameter_table
from triangle_sim.uncertainty import ParameterTable
from triangle_sim.world import DRIVERS, variables_of
from triangle_sim.world.start import load_start

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
    every += [driver.name for driver in DRIVERS]
    assert list(table()) == sorted(every)


def test_levels_are_as_unsure_as_the_facts() -> None:
    """The prior's scale is the level's own standard deviation; a resting level is never surer than 0.05."""
    every, variables = table(), variables_of(tuple(countries()))
    assert any(level.sd < 0.05 for level in START.levels.values())
    assert any(level.sd > 0.05 for level in START.levels.values())
    for name, variable in variables.items():
        level, start, rest = START.level(name), every[f"start.{name}"], every[f"rest.{name}"]
        ends = {"low": variable.low, "high": variable.high}
        resting = level.value if level.rest is None else level.rest
        assert start.prior.dist == rest.prior.dist == "truncnorm"
        assert start.prior.arguments == {"loc": level.value, "scale": level.sd, **ends}
        assert rest.prior.arguments == {"loc": resting, "scale": max(level.sd, 0.05), **ends}
        assert (start.low, start.high) == (rest.low, rest.high) == (variable.low, variable.high)
        assert start.sources == rest.sources == level.sources


def test_ties_to_absent_countries_leave_no_parameter_behind() -> None:
    few = table("CHN", "PRK", "RUS")
    assert "effect.PRK.test_missile.peninsula_tension" in few and "joint.chn_prk_treaty.goodwill[CHN,PRK]" in few
    assert not [name for name in few if "USA" in name or "KOR" in name]
