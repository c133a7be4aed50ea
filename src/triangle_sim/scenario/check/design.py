"""Decision rules, menus, the design of the runs, and whether the scenario says anything new."""

from __future__ import annotations

from triangle_sim.errors import quote
from triangle_sim.names import counted, extent
from triangle_sim.scenario.check.look import Look
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.schema.rule import SETTINGS, RuleSpec
from triangle_sim.scenario.schema.validate import validate


def rules(look: Look) -> None:
    """Rules that exist, with settings they use, and scripts of moves that can be played."""
    for who, spec in look.scenario.decision.items():
        path = ("decision", who)
        look.known((*path, "rule"), spec.rule, look.catalogue.rules, "rule")
        for setting in sorted(spec.model_fields_set & SETTINGS.keys()):
            if spec.rule in look.catalogue.rules and spec.rule not in SETTINGS[setting]:
                message = f"{quote(setting)} has no effect on the rule {quote(spec.rule)}"
                help = f"it belongs to {' and '.join(SETTINGS[setting])}"
                if getattr(spec, setting) != RuleSpec.model_fields[setting].default:  # a dump writes all defaults
                    look.warning((*path, setting), message, help, key=True)
        menus = [look.catalogue.moves.get(who, ())] if who != "default" else list(look.catalogue.moves.values())
        known = sorted({move for menu in menus for move in menu})
        disabled = look.scenario.moves.disable.get(who, ())
        script = getattr(spec, "script", ())
        for index, move in enumerate(script if known else ()):
            look.known((*path, "script", index), move, known, "move")
            if move in disabled:
                message = f"the script plays {quote(move)}, which 'moves.disable' takes away"
                look.error((*path, "script", index), message, "take it out of one of the two")
        if len(script) > look.scenario.quarters:
            moves, quarters = counted(len(script), "move"), counted(look.scenario.quarters, "quarter")
            message = f"the script has {moves} for {quarters}"
            look.warning((*path, "script"), message, "the last ones are never played", key=True)


def one_equilibrium(look: Look) -> None:
    """Countries in equilibrium are in one and the same: they cannot stop at different points."""
    scenario = look.scenario
    solvers = [code for code in scenario.countries if scenario.rule_for(code).rule == "equilibrium"]
    for code in solvers[1:]:
        for setting in (name for name, users in SETTINGS.items() if "equilibrium" in users):
            first, own = (getattr(scenario.rule_for(each), setting) for each in (solvers[0], code))
            if own != first:
                where = code if code in scenario.decision else "default"
                message = f"{quote(setting)} is {own:g} for {code} and {first:g} for {solvers[0]}"
                look.error(("decision", where), message, "countries in equilibrium share one fixed point")


def menus(look: Look) -> None:
    """Disabled moves that exist, and something left to play."""
    for country, moves in look.scenario.moves.disable.items():
        menu = look.catalogue.moves.get(country)
        if menu is None:
            continue
        for index, move in enumerate(moves):
            look.known(("moves", "disable", country, index), move, menu, "move")
        if set(menu) <= set(moves):
            message = f"all moves of {quote(country)} are disabled"
            look.error(("moves", "disable", country), message, "leave at least 'hold'", key=True)
        elif "hold" in moves:
            message = f"{quote(country)} cannot hold: it must act every quarter"
            look.warning(("moves", "disable", country), message, key=True)


def seats(look: Look) -> None:
    """Moves from a seat that exist and can be played, in quarters that come."""
    for country, moves in look.scenario.seats.items():
        menu, path = look.catalogue.moves.get(country), ("seats", country)
        disabled = look.scenario.moves.disable.get(country, ())
        for index, move in enumerate(moves if menu else ()):
            if move is not None and look.known((*path, index), move, menu or (), "move") and move in disabled:
                message = f"the seat plays {quote(move)}, which 'moves.disable' takes away"
                look.error((*path, index), message, "take it out of one of the two")
        if len(moves) > look.scenario.quarters:
            given, quarters = counted(len(moves), "move"), counted(look.scenario.quarters, "quarter")
            look.warning(path, f"the seat has {given} for {quarters}", "the last ones are never played", key=True)


def sizes(look: Look) -> None:
    """Legal but unusual sizes."""
    scenario = look.scenario
    if scenario.draws < 50:
        few = "1 draw is" if scenario.draws == 1 else f"{scenario.draws} draws are"
        message = f"{few} few: intervals over draws will be rough"
        look.warning(("draws",), message, "50 or more are usual; 500 is the default")
    if scenario.quarters > 80:
        message = f"{scenario.quarters} quarters are {scenario.quarters / 4:g} years"
        look.warning(("quarters",), message, "the model is meant for years, not generations; 20 is the default")
    if scenario.draws * scenario.replicates > 1_000_000:
        runs = scenario.draws * scenario.replicates
        message = f"{extent(scenario.draws, scenario.replicates)} = {runs:,} runs"
        look.warning(("draws",), message, "this will take long; 10,000 runs are the default")


def says_something(look: Look) -> None:
    """A scenario that means the same as what it extends."""
    below, extends = look.merged.below, look.merged.extends
    if below is None or extends is None:
        return
    parent, wrong, _ = validate(below, Scenario)
    if parent is not None and not wrong and parent.content_hash() == look.scenario.content_hash():
        message = "this scenario is identical to what it extends"
        help = "it will give the same results; set something, or extend something else"
        look.problems.append(extends.problem((), message, help, severity="warning"))
