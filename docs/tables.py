"""Tables of the world and the countries, written from the code."""

from __future__ import annotations

from blocks import table
from registry import code, level_text, listed, made

from triangle_sim.countries import JOINT_EFFECTS, Country, countries
from triangle_sim.countries.move import Effect
from triangle_sim.uncertainty import Prior
from triangle_sim.world import CONDITIONS, DRIVERS, STOCKS, tie, tie_variable
from triangle_sim.world.start import load_start, usual_levels, worlds
from triangle_sim.world.theories import load_theory, theory_names


@made("stocks")
def stocks() -> str:
    """Stocks and flows, with their levels in each starting world."""
    starts = [load_start(name) for name in worlds()]
    rows = [
        (
            code(v.name),
            v.meaning,
            f"{v.low:g} .. {v.high:g}",
            f"{v.rate:g}",
            f"{v.noise:g}",
            *(level_text(start.level(v.name)) for start in starts),
            listed(v.sources),
        )
        for v in sorted(STOCKS.values(), key=lambda v: v.name)
    ]
    return table(("name", "meaning", "range", "rate", "noise", *(s.name for s in starts), "sources"), rows)


@made("ties")
def ties() -> str:
    """Where ties start in each world and where they rest in an ordinary time, who feels it down the side."""
    codes = list(countries())
    example = tie_variable("i", "j")
    parts = [f"Unit: {example.unit}. Rate {example.rate:g}, noise {example.noise:g} for all ties."]
    starts = [(f"Start of {name}:", load_start(name).level) for name in worlds()]
    for title, level in [*starts, ("Usual level, in every era:", usual_levels().__getitem__)]:
        of = {(i, j): level(tie(i, j)) for i in codes for j in codes if i != j}
        rows = [
            (f"**{i}** to", *("" if i == j else f"{of[i, j].value:g} ± {of[i, j].sd:g}" for j in codes)) for i in codes
        ]
        parts += [f"\n{title}\n", table(("", *codes), rows)]
    return "\n".join(parts)


@made("environment")
def environment() -> str:
    """Environment variables, with their usual levels and their values in each starting world."""
    starts = [load_start(name) for name in worlds()]
    rows = [
        (
            code(name),
            condition.meaning,
            f"{condition.low:g} .. {condition.high:g}",
            f"{condition.usual:g}",
            *(f"{start.environment[name]:g}" for start in starts),
            listed(condition.sources),
        )
        for name, condition in sorted(CONDITIONS.items())
    ]
    return table(("name", "meaning", "range", "usual", *(s.name for s in starts), "sources"), rows)


@made("drivers")
def drivers() -> str:
    """Which resting level each environment variable shifts."""
    rows = [
        (
            code(d.condition),
            code(d.variable),
            f"{d.effect:+.2f}",
            code(d.through) if d.through else "",
            listed(d.sources),
        )
        for d in DRIVERS
    ]
    heads = ("environment variable", "shifts the resting level of", "by (0 to 1)", "times", "sources")
    return table(heads, rows)


def _effects(pushes: dict[str, Effect], own: tuple[str, ...]) -> str:
    parts = []
    for name, effect in pushes.items():
        because = "" if effect.claims == own else f" ({listed(effect.claims)})"
        parts.append(f"`{name}` {effect.size:+g}{because}")
    return "; ".join(parts) or "none"


@made("moves")
def moves() -> str:
    """Every country's menu."""
    parts = []
    for country in countries().values():
        rows = [
            (code(m.name), m.says, f"{m.cost:g}", _effects(m.pushes(), m.claims), listed(m.claims))
            for m in country.menu()
        ]
        head = f"**{country.label} ({country.code})**\n\n"
        parts.append(head + table(("move", "what it does", "cost", "effects", "claims"), rows))
    return "\n\n".join(parts)


@made("interests")
def interests() -> str:
    """Every country's interests, with the median weight under the model's own priors and under each theory."""
    theories = [load_theory(name) for name in theory_names()]
    parts = []
    for country in countries().values():
        rows = []
        shares = {theory.name: _shares(country, dict(theory.priors)) for theory in theories}
        for name, each in country.interests().items():
            by_theory = [f"{shares[theory.name][name]:.0%}" for theory in theories]
            rows.append((code(name), each.meaning, each.scale, *by_theory, listed(each.claims)))
        head = f"**{country.label} ({country.code})**\n\n"
        parts.append(head + table(("interest", "meaning", "scale", *shares, "claims"), rows))
    return "\n\n".join(parts)


@made("forms")
def forms() -> str:
    """The numbers in the forms of interests."""
    rows = [
        (code(f"form.{country.code}.{each.name}.{name}"), f"{number.value:g}", number.meaning, listed(number.sources))
        for country in countries().values()
        for each in country.interests().values()
        for name, number in each.numbers.items()
    ]
    return table(("parameter", "value", "meaning", "sources"), rows)


def _shares(country: type[Country], priors: dict[str, object]) -> dict[str, float]:
    """Median weights made to sum to one."""
    own = {p.name: p.default for p in country.parameters()}
    sizes = {}
    for name in country.interests():
        key = f"weight.{country.code}.{name}"
        sizes[name] = Prior.of(priors[key]).median() if key in priors else own[key]
    return {name: size / sum(sizes.values()) for name, size in sizes.items()}


@made("joint effects")
def joint_effects() -> str:
    """What two moves that meet add."""
    rows = [
        (
            code(j.name),
            j.says,
            f"{j.first[0]} `{j.first[1]}`, {j.second[0]} `{j.second[1]}`",
            _effects(j.pushes(), j.claims),
            "a quarter" if j.stands else "no",
            code(j.barred_by) if j.barred_by else "",
            listed(j.claims),
        )
        for j in sorted(JOINT_EFFECTS, key=lambda j: j.name)
    ]
    return table(
        ("name", "what happens", "moves that meet", "extra effects", "an offer stands", "barred by", "claims"), rows
    )
