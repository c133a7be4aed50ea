"""A scenario: one question put to the model, as data.

Every field carries its meaning, unit and range; error messages and the JSON Schema are made from them. The models check
shape and ranges alone. Whether a name exists in the model is checked in :mod:`triangle_sim.scenario.check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic.functional_validators import AfterValidator

from triangle_sim.errors import ScenarioError
from triangle_sim.fields import (
    CountryCode,
    Identifier,
    Model,
    Name,
    Number,
    QuarterField,
    Text,
    Value,
    Whole,
    one_line,
    unit,
    wrong,
)
from triangle_sim.names import COUNTRY_ALIASES
from triangle_sim.quarters import Quarter
from triangle_sim.scenario.document import Source, tree
from triangle_sim.scenario.schema.answer import Answer
from triangle_sim.scenario.schema.content import content_hash
from triangle_sim.scenario.schema.kinds import EnvironmentName, ParameterName, StateName
from triangle_sim.scenario.schema.merge import fold, grow
from triangle_sim.scenario.schema.prior import PriorSpec
from triangle_sim.scenario.schema.rule import RuleSpec
from triangle_sim.scenario.schema.theory import Voice, VoiceName
from triangle_sim.scenario.schema.validate import validate
from triangle_sim.uncertainty.sizes import Sizes
from triangle_sim.world.event import Event

DEFAULT_SIZES: Sizes = "record"
"""Where sizes come from in a scenario that does not say."""

_FILE_NAME = r"^[^\x00-\x1f\x7f/\\:*?\"<>|. ][^\x00-\x1f\x7f/\\:*?\"<>|]{0,99}$"
"""Result folders are named after scenarios."""


def _as_mix(value: Any) -> Any:
    return {value: 1.0} if isinstance(value, str) else value


Share = Annotated[Number, Field(ge=0, le=1)]


class Moves(Model):
    """Changes of the menus."""

    disable: dict[Name, tuple[Name, ...]] = Field(
        default_factory=dict, description="moves that a country cannot play, e.g. {PRK: [test_nuclear_weapon]}"
    )


class Run(Model):
    """Which history, among all that a scenario can have."""

    draw: Annotated[Whole, Field(ge=0, le=999_999_999)] = Field(default=0, description="of what we do not know")
    replicate: Annotated[Whole, Field(ge=0, le=999_999_999)] = Field(default=0, description="of luck")

    def __str__(self) -> str:
        return f"{self.draw}.{self.replicate}"


Seat = Annotated[tuple[Name | None, ...], Field(max_length=400)]


class Scenario(Model):
    """A resolved scenario: what a file says after ``extends``."""

    name: Annotated[str, Field(strict=True, pattern=_FILE_NAME), AfterValidator(one_line)] = Field(
        default="scenario", description="short name; the file's name if absent"
    )
    title: Text = Field(default="", description="title of figures and tables")
    question: Text = Field(default="", description="the question it asks, as one would say it")
    reference: Annotated[Text, Field(min_length=1, max_length=4096)] | None = Field(
        default=None, description="the scenario it is compared with; if absent, the first one that it extends"
    )
    answers: Annotated[tuple[Answer, ...], Field(max_length=10)] = Field(
        default=(), description="what answers the question: a list of outcomes, endings and meetings"
    )
    start: QuarterField = Field(default=Quarter(2024, 3), description="first quarter, e.g. 2024Q3")
    quarters: Annotated[Whole, Field(ge=1, le=400)] = Field(
        default=20, description="how many quarters a run lasts", json_schema_extra=unit("quarters")
    )
    world: Name = Field(default="2024Q3", description="the starting world, a file of seeds/facts, e.g. 2024Q3")
    countries: Annotated[tuple[CountryCode, ...], Field(min_length=1, max_length=50)] = Field(
        default=tuple(sorted(COUNTRY_ALIASES)), description="who decides, e.g. [CHN, KOR, PRK, RUS, USA]"
    )
    theory: Annotated[dict[Name, Share], BeforeValidator(_as_mix), Field(min_length=1)] = Field(
        default={"chung-2024": 0.5, "lowy-2023": 0.5},
        description="whose priors: one theory, or several with the share of draws each gets; a bundled name, or a file",
        json_schema_extra=unit("share of draws"),
    )
    theories: dict[VoiceName, Voice] = Field(
        default_factory=dict, description="theories of one's own, by name: what a file that 'theory' names says"
    )
    sizes: Sizes = Field(
        default=DEFAULT_SIZES,
        description="where the sizes of effects come from: judgement (the priors) or record (a fit to the record)",
    )
    environment: dict[EnvironmentName, Value] = Field(
        default_factory=dict, description="conditions around the countries until events change them: ukraine_war: 0.2"
    )
    state: dict[StateName, Value] = Field(
        default_factory=dict, description="starting levels of state variables: chinese_supply: 0.3"
    )
    parameters: dict[ParameterName, Value] = Field(
        default_factory=dict, description="parameters that have one value in all draws: rationality.PRK: 50"
    )
    priors: dict[Name, PriorSpec] = Field(
        default_factory=dict,
        description="priors of parameters where they differ: a number, or {dist: norm, loc:, scale:}",
    )
    decision: dict[Name, RuleSpec] = Field(
        default_factory=lambda: {"default": RuleSpec(rule="quantal")},
        description="decision rule of each country; 'default' for those not named",
    )
    moves: Moves = Field(default_factory=Moves, description="changes of the menus of moves")
    seats: dict[Name, Seat] = Field(
        default_factory=dict,
        description="moves played from a country's seat, one a quarter, which the others do not see coming; "
        "null, and past the end, it decides for itself: {PRK: [ship_arms_to_russia, null, hold]}",
    )
    run: Run | None = Field(
        default=None,
        description="the history that `story`, `play` and the page show where none is asked for, as of a game that was "
        "saved: {draw: 37, replicate: 4}",
    )
    pin: dict[Name, Value] = Field(
        default_factory=dict, description="environment variables held at a value whatever events say"
    )
    events: dict[Identifier, Event] = Field(default_factory=dict, description="what may happen, by name")
    groups: dict[Identifier, Text] = Field(
        default_factory=dict, description="groups of events that exclude each other, each with a title"
    )
    draws: Annotated[Whole, Field(ge=1, le=1_000_000)] = Field(
        default=500,
        description="samples of what we do not know: theory and parameters",
        json_schema_extra=unit("draws"),
    )
    replicates: Annotated[Whole, Field(ge=1, le=100_000)] = Field(
        default=20, description="runs for each draw, differing by luck", json_schema_extra=unit("runs")
    )
    seed: Annotated[Whole, Field(ge=0, le=2**63 - 1)] = Field(default=1, description="seed of all random numbers")
    claims: tuple[Name, ...] = Field(default=(), description="ids of the claims it is about, e.g. [A31]")
    source: Text = Field(default="", description="where its numbers come from")
    note: Text = Field(default="", description="anything a reader should know")

    @field_validator("countries")
    @classmethod
    def _in_one_order(cls, countries: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({code for code in countries if countries.count(code) > 1})
        if twice:
            raise wrong(f"{', '.join(twice)} appears more than once", "name each country once")
        return tuple(sorted(countries))

    @field_validator("theory")
    @classmethod
    def _sums_to_one(cls, theory: dict[str, float]) -> dict[str, float]:
        total = sum(theory.values())
        if abs(total - 1) > 1e-6:
            raise wrong(f"the shares of the theories sum to {total:g}", "let them sum to 1")
        return theory

    @field_validator("decision")
    @classmethod
    def _has_a_default(cls, decision: dict[str, RuleSpec]) -> dict[str, RuleSpec]:
        return decision if "default" in decision else {"default": RuleSpec(rule="quantal"), **decision}

    @model_validator(mode="after")
    def _ends_on_the_calendar(self) -> Self:
        if self.start.year + self.quarters / 4 > 9990 or self.start.year < 1900:
            raise wrong(f"the start {self.start} is out of range", "start between 1900Q1 and 9000Q1", at="start")
        return self

    @property
    def shown(self) -> tuple[int, int]:
        """Draw and replicate of the history that is shown where none is asked for."""
        return (self.run.draw, self.run.replicate) if self.run else (0, 0)

    @property
    def end(self) -> Quarter:
        """The last quarter of a run."""
        return self.start + (self.quarters - 1)

    def rule_for(self, country: str) -> RuleSpec:
        """The decision rule of a country: its own, else the default."""
        return self.decision.get(country) or self.decision["default"]

    def data(self) -> dict[str, Any]:
        """The scenario as plain data in the spelling of files; loading it again gives an equal scenario."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        if not self.theories:
            del data["theories"]
        if not self.seats:
            del data["seats"]
        return data

    def content_hash(self) -> str:
        """SHA-256 of what matters to the results (not descriptions, the design, or which history is shown), whatever
        way a file says it."""
        return content_hash(self)

    def with_(self, **changes: Any) -> Scenario:
        """A validated copy. Mappings merge key by key (``None`` deletes a key), everything else is replaced.

        Raises
        ------
        ScenarioError
            with everything that is wrong with the changes.
        """
        return _from_data((self.data(), self.name), (changes, "with_"))

    @classmethod
    def from_data(cls, data: Mapping[str, Any], name: str = "scenario") -> Scenario:
        """A scenario from plain data in the spelling of files, without ``extends``.

        Raises
        ------
        ScenarioError
            with everything that is wrong.
        """
        return _from_data(({"name": name, **data}, name))


def _from_data(*layers: tuple[Mapping[str, Any], str]) -> Scenario:
    """The later over the earlier."""
    grown = [grow(tree(data, Source(name))) for data, name in layers]
    scenario, wrong, _ = validate(fold(root for root, _ in grown), Scenario)
    problems = [problem for _, found in grown for problem in found] + wrong
    if scenario is None or problems:
        raise ScenarioError(problems)
    return scenario
