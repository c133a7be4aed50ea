"""What a scenario's question is answered by, and what it is compared with: names that exist."""

from __future__ import annotations

from pathlib import Path as File

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import Suggestion
from triangle_sim.resources import list_scenarios, scenario_path
from triangle_sim.scenario.check.catalogue import ENDING
from triangle_sim.scenario.check.look import Look
from triangle_sim.scenario.read.voices import is_path
from triangle_sim.scenario.schema.answer import MEASURES


def answers(look: Look) -> None:
    """Outcomes, endings, meetings and state variables that there are."""
    catalogue = look.catalogue
    for index, answer in enumerate(look.scenario.answers):
        path = ("answers", index)
        if answer.ending is not None:
            look.known((*path, "ending"), answer.ending, catalogue.outcomes.get(ENDING, ()), "ending")
        for key in ("meeting", "after"):
            name = getattr(answer, key)
            if name is not None:
                look.known((*path, key), name, catalogue.meetings, "meeting")
        if answer.outcome is None:
            continue
        measure, _, variable = answer.outcome.partition(" ")
        if variable and measure in MEASURES:
            look.known((*path, "outcome"), variable, catalogue.state, "state variable")
        elif catalogue.outcomes.get(answer.outcome):
            message = f"{quote(answer.outcome)} is a category, not a number"
            look.error((*path, "outcome"), message, f"name one: {{ending: {catalogue.outcomes[answer.outcome][0]}}}")
        elif answer.outcome not in catalogue.outcomes:
            numbers = [name for name, kinds in catalogue.outcomes.items() if not kinds]
            help = Suggestion(answer.outcome, numbers, "known outcomes", 30)
            if answer.outcome in catalogue.state:
                where = f"say what of it: mean {answer.outcome}, final {answer.outcome} or change {answer.outcome}"
                look.error((*path, "outcome"), f"{quote(answer.outcome)} is a state variable", where)
                continue
            look.error((*path, "outcome"), f"unknown outcome {quote(answer.outcome)}", help)


def reference(look: Look) -> None:
    """A scenario to be compared with that can be found, if the file names one."""
    name = look.scenario.reference
    if name is None:
        return
    if is_path(name):
        if not File(name).is_file():
            look.error(("reference",), f"no scenario {quote(name)} to compare with", "give the path of a file")
        return
    try:
        scenario_path(name)
    except UsageError:
        help = Suggestion(name, list_scenarios(), "bundled scenarios", 30)
        look.error(("reference",), f"no scenario {quote(name)} to compare with", help)
