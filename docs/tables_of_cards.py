"""Action cards, and what role sheets tell of each country: words from `words/en.yaml`, effects from the model."""

from __future__ import annotations

from html import escape

from blocks import table
from registry import made

from triangle_sim.countries import JOINT_EFFECTS, Move, countries
from triangle_sim.web.stake import at_stake
from triangle_sim.web.words import words
from triangle_sim.world import tie, variables_of
from triangle_sim.world.start import load_start

SAY = words("en")
SHOWN = 5
"""Effects a card tells, the largest first."""
LARGE = 0.08
"""From here on an effect has two marks; both are pushes on scales from 0 to 1, or -1 to 1 for ties."""
EFFORT = ((0.0, "none"), (0.009, "little"), (0.015, "some"), (1.0, "much"))
"""What a move costs, in words: up to this cost."""
WANTS = 7
START = load_start("2024Q3")
VARIABLES = variables_of(tuple(countries()))


def first(text: str) -> str:
    """A line begins with a capital."""
    return text[:1].upper() + text[1:]


def effort(move: Move) -> str:
    """What a move costs in words."""
    return next(words_for for up_to, words_for in EFFORT if move.cost <= up_to)


def effects(move: Move) -> dict[str, list[str]]:
    """What a move raises and lowers, the largest first, with one mark or two."""
    pushes = sorted(move.pushes().items(), key=lambda each: -abs(each[1].size))[:SHOWN]
    found: dict[str, list[str]] = {"▲": [], "▼": []}
    for name, effect in pushes:
        mark = "▲" if effect.size > 0 else "▼"
        found[mark].append(f"{mark * (1 + (abs(effect.size) >= LARGE))} {SAY.name('variables', name)}")
    return found


def meetings(code: str, move: str) -> list[tuple[str, str]]:
    """What a move meets: the other country's move, and what comes of it."""
    found = []
    for joint in JOINT_EFFECTS:
        for mine, other in ((joint.first, joint.second), (joint.second, joint.first)):
            if mine == (code, move):
                said = f"{SAY.name('countries', other[0], 'capital')}: {SAY.name('moves', *other, 'label')}"
                found.append((said, SAY.name("meetings", joint.name)))
    return found


def card(code: str, move: Move) -> str:
    """One card, to be cut out."""
    name = [SAY.name("moves", code, move.name, part) for part in ("label", "card")]
    lines = [f'<article class="card {code.lower()}">', f"<h4>{escape(SAY.name('countries', code, 'label'))}</h4>",
             f"<h3>{escape(first(name[0]))}</h3>", f"<p>{escape(name[1])}</p>"]  # fmt: skip
    found = effects(move)
    lines += [f'<p class="effects">{escape(line)}</p>' for line in (*found["▲"], *found["▼"])]
    lines += [
        f'<p class="meets">With {escape(said)} → {escape(comes)}</p>' for said, comes in meetings(code, move.name)
    ]
    lines += [f'<p class="effort">Effort: {effort(move)}</p>', "</article>"]
    return "\n".join(lines)


def cards_of(code: str) -> str:
    """All cards of a country."""
    country = countries()[code]
    return "\n".join(['<div class="cards">', *(card(code, move) for move in country.moves), "</div>"])


def wants_of(code: str) -> str:
    """What a country wants, what it has most at stake in first."""
    found = countries()[code].interests().values()
    listed = sorted(found, key=lambda each: -at_stake(each, START.environment, VARIABLES))[:WANTS]
    return "\n".join(f"{place}. {SAY.name('interests', code, each.name)}" for place, each in enumerate(listed, 1))


def moves_of(code: str) -> str:
    """What a country can do, in two columns."""
    rows = [
        (f"**{first(SAY.name('moves', code, move.name, 'label'))}**", SAY.name("moves", code, move.name, "card"))
        for move in countries()[code].moves
    ]
    return table(("move", "what it does"), rows)


@made("lesson scales")
def scales() -> str:
    """Where five scales on a board begin: mutual ties from -5 to +5, tension from 0 to 10."""

    def between(one: str, other: str) -> str:
        value = sum(START.level(tie(*pair)).value for pair in ((one, other), (other, one))) / 2
        return f"{round(5 * value):+d}"

    pairs = (("CHN", "PRK"), ("RUS", "PRK"), ("USA", "PRK"), ("CHN", "RUS"))
    rows = [
        (f"{SAY.name('countries', one, 'capital')} and {SAY.name('countries', other, 'capital')}",
         f"{SAY.data['ends']['tie']['low']} −5 .. +5 {SAY.data['ends']['tie']['high']}", between(one, other))
        for one, other in pairs
    ]  # fmt: skip
    tension = f"{round(10 * START.level('peninsula_tension').value)}"
    return table(
        ("scale", "from .. to", "begins at"), [*rows, ("tension on the peninsula", "none 0 .. 10 the brink", tension)]
    )


for each in countries():
    made(f"cards {each}")(lambda code=each: cards_of(code))
    made(f"wants {each}")(lambda code=each: wants_of(code))
    made(f"moves {each}")(lambda code=each: moves_of(code))
