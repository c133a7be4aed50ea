"""Every uncertain number of a world, in one table: of its countries, joint effects, variables and drivers."""

from __future__ import annotations

from collections.abc import Mapping

from triangle_sim.countries.base import Country
from triangle_sim.countries.joint import JointEffect
from triangle_sim.uncertainty import Parameter, ParameterTable, Prior
from triangle_sim.world import DRIVERS, Variable
from triangle_sim.world.start import Level, StartState, usual_levels
from triangle_sim.world.variables import LASTING


def parameter_table(
    cast: list[type[Country]], variables: Mapping[str, Variable], joints: list[JointEffect], start: StartState
) -> ParameterTable:
    """Every uncertain number of a world with this cast and starting state."""
    table: list[Parameter] = []
    for country in cast:
        table += [p for p in country.parameters() if _concerns(p.name, variables)]
    for joint in joints:
        table += [p for p in joint.parameters() if _concerns(p.name, variables)]
    for variable in variables.values():
        table += variable.parameters()
        entry, usual = start.level(variable.name), usual_levels().get(variable.name)
        rest = usual or Level(entry.resting, max(entry.sd, 0.05), None, entry.sources)
        for prefix, (level, sd, _, sources) in (("start", entry), ("rest", rest)):
            table.append(
                Parameter(
                    f"{prefix}.{variable.name}",
                    Prior.of(
                        {"dist": "truncnorm", "loc": level, "scale": sd, "low": variable.low, "high": variable.high}
                    ),
                    variable.unit,
                    f"{'level at the start' if prefix == 'start' else 'resting level'} of: {variable.meaning}",
                    tuple(sources),
                    variable.low,
                    variable.high,
                )
            )
    table += LASTING
    table += [driver.parameter() for driver in DRIVERS if driver.variable in variables]
    return ParameterTable(table)


def _concerns(name: str, variables: Mapping[str, Variable]) -> bool:
    """Whether a push lands on a variable of this world (ties to countries that take no part do not exist)."""
    kind, *_, last = name.split(".")
    return kind not in ("effect", "joint") or last in variables
