"""What `play` says: where things stand, the moves, what a move is worth, what happened, how it ends."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from triangle_sim.names import counted, country_name, per_cent
from triangle_sim.web.words import words
from triangle_sim.world.theories import short_name

if TYPE_CHECKING:
    from triangle_sim.seat import Endings, Game, Option, Reviewed, Situation, Term
    from triangle_sim.story.story import Act, Chapter

WIDTH = 80
TOLD = 3
"""Interests that are told for a move, and as many against it."""
SMALL = 5e-4
"""Smaller gains and losses are not told: with three digits they are none."""
LEVELS = ("chinese_supply", "russian_supply", "us_prk_dialogue", "peninsula_tension")
"""State variables whose levels are told to everybody."""
SIGNS = {1: "good", 0: "neither good nor bad", -1: "bad"}


def wrap(text: str, indent: str = "  ", more: str = "    ") -> str:
    """Text in lines of the terminal's width; what goes on is indented by ``more``."""
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + more, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def capital(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def label(country: str, move: str) -> str:
    """A move in words."""
    return words().name("moves", country, move, "label")


def interest(country: str, name: str) -> str:
    """An interest in words."""
    return words().name("interests", country, name)


def opening(game: Game, country: str, turns: int) -> Iterator[str]:
    """What is played, and how."""
    yield f"{capital(game.scenario.title or game.scenario.name)}. You are {country_name(country)}."
    if game.scenario.question:
        yield game.scenario.question
    yield (
        f"One history out of many (run {game.draw}.{game.replicate}, seed {game.seed}), "
        f"{words().name('theories', game.theory, 'label')}. You play {counted(turns, 'quarter')}; the others choose by "
        "their own decision rules and do not see your move before they choose theirs. A model, not a forecast."
    )
    if game.turn:
        yield f"The game goes on: {counted(game.turn, 'quarter')} of it have been played."


def standing(now: Situation, country: str) -> Iterator[str]:
    """Where things stand before a move."""
    for event in now.events:
        yield f"! {event}."
    own = [(tie, tie.second if tie.first == country else tie.first) for tie in now.ties
           if country in (tie.first, tie.second)]  # fmt: skip
    ties = ", ".join(f"{country_name(other)} {tie.level:+.2f} ({SIGNS[tie.sign]})" for tie, other in own)
    if ties:
        yield f"Your ties, from -1 hostile to +1 allied: {ties}."
    levels = ", ".join(f"{words().name('variables', name)} {now.levels[name]:.2f}" for name in LEVELS
                       if name in now.levels)  # fmt: skip
    if levels:
        yield f"From 0 to 1: {levels}."
    if now.triangle:
        kind = words().name("types", now.triangle, "meaning")
        roles = ", ".join(f"{country_name(code)} {words().name('roles', role, 'label')}"
                          for code, role in now.roles.items())  # fmt: skip
        yield f"China, North Korea and Russia: {kind}" + (f"; {roles}." if now.triangle != "indeterminate" else ".")
    for offer in now.offers:
        then = f"{words().name('meetings', offer.meeting)}" + (", once nothing bars it" if offer.barred else "")
        if offer.to == country:
            yield (
                f"An offer stands. {capital(country_name(offer.by))} chose: {label(offer.by, offer.move)}. Answer now "
                f"with: {label(country, offer.answer)}; then {then}."
            )
        elif offer.by == country:
            yield f"Your offer stands: {label(country, offer.move)}. If {country_name(offer.to)} answers now, {then}."


def menu(options: Sequence[Option], reasons: bool) -> Iterator[str]:
    """The moves by number, with their reasons where these are wanted."""
    for number, option in enumerate(options, start=1):
        yield wrap(f"{number:>2}  {label(option.country, option.move)}")
        if reasons and option.gain is not None and option.move != "hold":
            yield wrap(_worth(option), "      ", "")


def _worth(option: Option) -> str:
    """What a move is worth beside holding still, and what makes the difference."""
    parts = [f"{_gain(option)}{' (the best reply)' if option.best else ''}"]
    for what, sign in (("for", 1), ("against", -1)):
        if terms := _largest(option, sign):
            parts.append(f"{what}: {'; '.join(f'{interest(option.country, t.interest)} {t.gain:+.3f}' for t in terms)}")
    return ". ".join([*parts, f"cost: {option.cost:.3f}"]) + "."


def _gain(option: Option) -> str:
    gain = option.gain or 0.0
    return f"{gain:+.3f}" if abs(gain) >= SMALL else "0.000"


def _largest(option: Option, sign: int) -> list[Term]:
    found = [term for term in option.terms if sign * term.gain > SMALL]
    return sorted(found, key=lambda term: -sign * term.gain)[:TOLD]


def explained(option: Option) -> Iterator[str]:
    """A move with all its reasons, and the words of the claims behind them."""
    from triangle_sim.claims.words import linked

    card = words().name("moves", option.country, option.move, "card")
    behind = f" Behind it: {', '.join(option.claims)}." if option.claims != ("judgement",) else ""
    yield wrap(f"{capital(label(option.country, option.move))}. {card}{behind}", "", "")
    yield wrap(f"Your country's own rule would play it with a chance of {per_cent(option.chance)}.", "", "")
    if option.effects:
        pushes = sorted(option.effects, key=lambda each: -abs(each[1]))[: 2 * TOLD]
        pushed = "; ".join(f"{words().name('variables', name)} {size:+.2f}" for name, size in pushes)
        yield wrap(f"It pushes (latent units): {pushed}.", "", "")
    told: list[Term] = []
    if option.gain is None:
        yield wrap("This country plays by habit and looks at no payoffs.", "", "")
    elif option.move == "hold":
        yield wrap("The other moves are held against it.", "", "")
    else:
        best = ", the best reply" if option.best else ""
        yield wrap(f"Beside holding still it is worth {_gain(option)} of a payoff from 0 to 1{best}:", "", "")
        told = [term for term in sorted(option.terms, key=lambda term: -abs(term.gain)) if abs(term.gain) > SMALL]
        for term in told:
            claims = ", ".join(term.claims)
            yield wrap(f"{term.gain:+.3f}  {interest(option.country, term.interest)} [{claims}]", "  ", "        ")
        yield wrap(f"{-option.cost:+.3f}  what it costs")
    cited = linked([*option.claims, *(claim for term in told[:TOLD] for claim in term.claims)], None)
    for id_, said in cited.items():
        yield wrap(f"{id_:<5}{said}", "  ", "     ")


def happened(chapter: Chapter, country: str, reasons: bool) -> Iterator[str]:
    """What all did in a quarter and why, what met, and what changed; with all ``reasons`` or the first of each."""
    for act in chapter.acts:
        yield f"- {'You' if act.country == country else act.label}: {_act(act, reasons)}"
    for meeting in chapter.meetings:
        yield f"* Together: {meeting}."
    for change in chapter.changes:
        yield f"~ {words().name('variables', change.variable)}: {change.before:.2f} -> {change.after:.2f}"


def _act(act: Act, reasons: bool) -> str:
    parts = [label(act.country, act.move)]
    if act.pro:
        parts.append("For: " + "; ".join(interest(act.country, each.interest) for each in act.pro[: 1 + reasons]))
    if act.con and reasons:
        parts.append(f"Against: {interest(act.country, act.con[0].interest)}")
    if act.best and act.best != act.move and reasons:
        parts.append(f"Looked better: {label(act.country, act.best)}")
    return ". ".join(parts) + "."


def beside(review: Iterable[Reviewed]) -> Iterator[str]:
    """Each move beside the best reply of its quarter."""
    for each in review:
        who = "" if each.sealed else " (chosen by its own rule)"
        played = f"{each.quarter}  {label(each.country, each.move)}{who}"
        if not each.best:
            yield f"{played}: a habit, which has no best reply."
        elif each.best == each.move:
            yield f"{played}: the best reply."
        else:
            parts = [(reason.gain, interest(each.country, reason.interest)) for reason in each.reasons]
            parts.append((-each.cost, "what it costs"))
            largest = sorted(((gain, what) for gain, what in parts if gain > SMALL), reverse=True)[:2]
            why = "; ".join(f"{what} {gain:+.3f}" for gain, what in largest)
            yield f"{played}. Best reply: {label(each.country, each.best)} ({each.lost:+.3f}), most of all: {why}."


def ended(found: Endings) -> Iterator[str]:
    """The share of each ending with the game's moves and without, by theory, with its interval."""
    views = [view for view in next(iter(found.without.values()), {}) if view != "all"]
    for view in views:
        yield f"  {f'If {short_name(view)} is right':<32}{'with your moves':<22}without"
        for name, by_view in found.without.items():
            with_, without = found.with_you[name][view], by_view[view]
            if with_.value or without.value:
                cells = [
                    per_cent(each.value) + (f" [{per_cent(each.low)}, {per_cent(each.high)}]" if each.low == each.low
                    else "") for each in (with_, without)
                ]  # fmt: skip
                yield f"    {words().name('endings', name, 'label'):<30}{cells[0]:<22}{cells[1]}"
