"""What `play` says: where things stand, the moves, what a move is worth, what happened, how it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triangle_sim.cli.columns import capital, pad, wrap
from triangle_sim.names import per_cent
from triangle_sim.web.words import LANGUAGES, Words, words

if TYPE_CHECKING:
    from triangle_sim.analysis.intervals import Estimate
    from triangle_sim.seat import Endings, Game, Offer, Option, Reviewed, Situation, Term
    from triangle_sim.story.story import Act, Chapter

TOLD = 3
"""Interests that are told for a move, and as many against it."""
SMALL = 5e-4
"""Smaller gains and losses are not told: with three digits they are none."""
LEVELS = ("chinese_supply", "russian_supply", "us_prk_dialogue", "peninsula_tension")
"""State variables whose levels are told to everybody."""
SIGNS = {1: "good", 0: "neither", -1: "bad"}


@dataclass(frozen=True)
class Told:
    """What is said in one language about a game that ``country`` plays."""

    words: Words
    country: str

    def __call__(self, key: str, /, **values: object) -> str:
        """A sentence of `play` with its holes filled in."""
        return self.words(f"play.{key}", **values)

    def counted(self, number: int, what: str) -> str:
        """A number of quarters or futures: ``what`` is the key of one of them."""
        return self(what if number == 1 else f"{what}s", n=f"{number:,}")

    def label(self, country: str, move: str) -> str:
        """A move in words."""
        return self.words.name("moves", country, move, "label")

    def typed(self, options: Iterable[Option]) -> list[str]:
        """What to type for a move: in English its short name, which is English, else its label."""
        return [each.move if self._english else self.label(each.country, each.move) for each in options]

    def opening(self, game: Game, turns: int) -> Iterator[str]:
        """What is played, and how."""
        scenario = game.scenario
        title, question = scenario.title or capital(scenario.name), scenario.question
        if not self._english and words().name("scenarios", scenario.name, "title") == title:  # as it is bundled
            title, question = (self.words.name("scenarios", scenario.name, each) for each in ("title", "question"))
        yield self("you_are", title=capital(title), country=self._nation(self.country))
        if question:
            yield question
        yield self(
            "history", run=f"{game.draw}.{game.replicate}", seed=game.seed, quarters=self.counted(turns, "quarter"),
            theory=self.words.name("theories", game.theory, "label"),
        )  # fmt: skip
        if not scenario.rule_for(self.country).settings.weighs:
            yield self.words("seat.by_habit")
        if game.turn:
            yield self("goes_on", quarters=self.counted(game.turn, "quarter"))
        yield self("keys")

    def standing(self, now: Situation, game: Game) -> Iterator[str]:
        """Where things stand before a move."""
        titles = {each.title or name: name for name, each in game.scenario.events.items()}
        for title in now.events:
            yield self("event", event=self._event(titles.get(title, title), title))
        own = [(tie, tie.second if tie.first == self.country else tie.first) for tie in now.ties
               if self.country in (tie.first, tie.second)]  # fmt: skip
        ties = ", ".join(f"{self._nation(other)} {tie.level:+.2f} ({self(SIGNS[tie.sign])})" for tie, other in own)
        if ties:
            yield self("ties", ties=ties)
        levels = ", ".join(f"{self._variable(name)} {now.levels[name]:.2f}" for name in LEVELS if name in now.levels)
        if levels:
            yield self("levels", levels=levels)
        if now.triangle:
            kind = self.words.name("types", now.triangle, "meaning")
            roles = ", ".join(f"{self._nation(code)} {self.words.name('roles', role, 'label')}"
                              for code, role in now.roles.items())  # fmt: skip
            if now.triangle == "indeterminate":
                yield self("triangle", type=kind)
            else:
                yield self("triangle_roles", type=kind, roles=roles)
        for offer in now.offers:
            if self.country in (offer.to, offer.by):
                yield self._offer(offer)

    def _offer(self, offer: Offer) -> str:
        meeting = self.words.name("meetings", offer.meeting)
        if offer.barred:
            meeting = self("barred", meeting=meeting)
        move = self.label(offer.by, offer.move)
        if offer.by == self.country:
            return self("offer_by_you", move=move, to=self._nation(offer.to), meeting=meeting)
        answer = self.label(offer.to, offer.answer)
        return self("offer_to_you", by=capital(self._nation(offer.by)), move=move, answer=answer, meeting=meeting)

    def menu(self, options: Sequence[Option], reasons: bool) -> Iterator[str]:
        """The moves by number, with their reasons where these are wanted."""
        for number, option in enumerate(options, start=1):
            yield wrap(f"{number:>2}  {self.label(option.country, option.move)}")
            if reasons and option.move != "hold":
                yield wrap(self._worth(option), "      ", "")

    def _worth(self, option: Option) -> str:
        """What a move is worth beside holding still, and what makes the difference."""
        parts = [self("gain_best", gain=_gain(option)) if option.best else _gain(option)]
        for key, sign in (("worth_for", 1), ("worth_against", -1)):
            if terms := _largest(option, sign):
                parts.append(self(key, reasons="; ".join(f"{self._interest(t.interest)} {t.gain:+.3f}" for t in terms)))
        return ". ".join([*parts, self("cost", cost=f"{option.cost:.3f}")]) + "."

    def explained(self, option: Option) -> Iterator[str]:
        """A move with all its reasons, and the words of the claims behind them."""
        from triangle_sim.claims.words import linked

        card = self.words.name("moves", option.country, option.move, "card")
        behind = f" {self('behind', claims=', '.join(option.claims))}" if option.claims != ("judgement",) else ""
        yield wrap(f"{capital(self.label(option.country, option.move))}. {card}{behind}", "", "")
        yield wrap(self("own_chance", chance=per_cent(option.chance)), "", "")
        if option.effects:
            largest = sorted(option.effects, key=lambda each: -abs(each[1]))[: 2 * TOLD]
            pushes = "; ".join(f"{self._variable(name)} {size:+.2f}" for name, size in largest)
            yield wrap(self("pushes", pushes=pushes), "", "")
        if not option.weighed:
            yield wrap(self.words("seat.by_habit"), "", "")
        told: list[Term] = []
        if option.move == "hold":
            yield wrap(self("held_against"), "", "")
        else:
            yield wrap(self("worth_best" if option.best else "worth", gain=_gain(option)), "", "")
            told = [term for term in sorted(option.terms, key=lambda term: -abs(term.gain)) if abs(term.gain) > SMALL]
            for term in told:
                claims = ", ".join(term.claims)
                yield wrap(f"{term.gain:+.3f}  {self._interest(term.interest)} [{claims}]", "  ", "        ")
            yield wrap(f"{-option.cost:+.3f}  {self('its_cost')}")
        cited = linked([*option.claims, *(claim for term in told[:TOLD] for claim in term.claims)], None)
        for id_, text in cited.items():
            yield wrap(f"{id_:<4} {self.words.said(text, 'claims', id_, 'says')}", "  ", "     ")

    def happened(self, chapter: Chapter, reasons: bool) -> Iterator[str]:
        """What all did in a quarter and why, what met, and what changed; all ``reasons`` or the first of each."""
        from triangle_sim.countries import JOINT_EFFECTS

        for act in chapter.acts:
            who = self("you") if act.country == self.country else self.words.name("countries", act.country, "label")
            yield f"- {who}: {self._act(act, reasons)}"
        names = {each.says: each.name for each in JOINT_EFFECTS}
        for says in chapter.meetings:
            yield self("together", meeting=self._meeting(names, says))
        for change in chapter.changes:
            yield f"~ {self._variable(change.variable)}: {change.before:.2f} -> {change.after:.2f}"

    def _act(self, act: Act, reasons: bool) -> str:
        parts = [self.label(act.country, act.move)]
        if act.pro:
            pro = "; ".join(self._interest(each.interest, act.country) for each in act.pro[: 1 + reasons])
            parts.append(self("for", reasons=pro))
        if act.con and reasons:
            parts.append(self("against", reasons=self._interest(act.con[0].interest, act.country)))
        if not act.best:
            parts.append(self("out_of_habit"))
        elif act.best != act.move and reasons:
            parts.append(self("looked_better", move=self.label(act.country, act.best)))
        return ". ".join(parts) + "."

    def beside(self, review: Iterable[Reviewed]) -> Iterator[str]:
        """Each move beside the best reply of its quarter."""
        for each in review:
            move = self.label(each.country, each.move)
            played = f"{self.words.quarter(each.quarter)}  {move if each.sealed else self('by_rule', move=move)}"
            if each.best == each.move:
                yield self("was_best", played=played)
            else:
                parts = [(reason.gain, self._interest(reason.interest)) for reason in each.reasons]
                parts.append((-each.cost, self("its_cost")))
                largest = sorted(((gain, what) for gain, what in parts if gain > SMALL), reverse=True)[:2]
                why = "; ".join(f"{what} {gain:+.3f}" for gain, what in largest)
                best = self.label(each.country, each.best)
                yield self("was_better", played=played, best=best, lost=f"{each.lost:+.3f}", reasons=why)

    def ended(self, found: Endings) -> Iterator[str]:
        """The share of each ending with the game's moves and without, by theory, with its interval."""
        views = [view for view in next(iter(found.without.values()), {}) if view != "all"]
        for view in views:
            theory = self("if_right", theory=self.words.data["theories"].get(view, {}).get("author", view))
            yield f"  {pad(theory, 32)}{pad(self('with_you'), 22)}{self('without')}"
            for name, by_view in found.without.items():
                with_, without = found.with_you[name][view], by_view[view]
                if with_.value or without.value:
                    ending = self.words.name("endings", name, "label")
                    yield f"    {pad(ending, 30)}{pad(_share(with_), 22)}{_share(without)}"

    @property
    def _english(self) -> bool:
        return self.words.language == LANGUAGES[0]

    def _event(self, name: str, title: str) -> str:
        """An event by its title, and by its name where it has none."""
        return self.words.name("events", name) if title == name else self.words.said(title, "events", title)

    def _meeting(self, names: Mapping[str, str], text: str) -> str:
        """A meeting: in English as the model tells it, else in words for what ``names`` calls it."""
        return text if self._english else self.words.name("meetings", names[text])

    def _nation(self, code: str) -> str:
        return self.words.name("countries", code, "the")

    def _variable(self, name: str) -> str:
        return self.words.name("variables", name)

    def _interest(self, name: str, country: str = "") -> str:
        return self.words.name("interests", country or self.country, name)


def _gain(option: Option) -> str:
    return f"{option.gain:+.3f}" if abs(option.gain) >= SMALL else "0.000"


def _largest(option: Option, sign: int) -> list[Term]:
    found = [term for term in option.terms if sign * term.gain > SMALL]
    return sorted(found, key=lambda term: -sign * term.gain)[:TOLD]


def _share(each: Estimate) -> str:
    """A share with its interval, where it has one."""
    interval = f" [{per_cent(each.low)}, {per_cent(each.high)}]" if each.low == each.low else ""
    return per_cent(each.value) + interval
