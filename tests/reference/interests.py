"""The model's interests once more, for one world in plain numbers: ``PHI[country][interest](s, e, n)``.

``s`` maps state variables to levels, ``e`` environment variables, ``n`` the numbers of the interest's form by name.
Whoever changes a formula in a country's module has to change it here too, so that no change of what a country wants
goes unnoticed. An interest that is not here yet is taken from the model (see :mod:`reference.scalar`).
"""

from collections.abc import Callable, Mapping

Levels = Mapping[str, float]


def w(s: Levels, of: str, towards: str) -> float:
    """Goodwill on the scale 0 hostile .. 1 allied."""
    return (1.0 + s[f"goodwill[{of},{towards}]"]) / 2.0


def enough(a: float, b: float) -> float:
    """One of two is enough."""
    return 1.0 - (1.0 - a) * (1.0 - b)


def chinese_share(s: Levels, n: Levels) -> float:
    """China's part in what reaches North Korea, from both patrons and all others."""
    return s["chinese_supply"] / (s["chinese_supply"] + s["russian_supply"] + n["others"])


def ahead(s: Levels, patron: str, rival: str) -> float:
    """How far North Korea prefers one patron: 0 .. 1/2 level .. 1."""
    return (2.0 + s[f"goodwill[PRK,{patron}]"] - s[f"goodwill[PRK,{rival}]"]) / 4.0


def outbids(s: Levels, patron: str, rival: str) -> float:
    """The same for warmth and treaty together."""
    word = {"CHN": "chinese", "RUS": "russian"}
    lead = w(s, "PRK", patron) - w(s, "PRK", rival)
    return (2.0 + lead + s[f"{word[patron]}_commitment"] - s[f"{word[rival]}_commitment"]) / 4.0


def if_(condition: float, value: float) -> float:
    """The value where the condition holds, one half where it does not."""
    return condition * value + (1.0 - condition) * 0.5


def regime_security(s: Levels, e: Levels, n: Levels) -> float:
    bound = enough(s["chinese_commitment"] * w(s, "CHN", "PRK"), s["russian_commitment"] * w(s, "RUS", "PRK"))
    deterrent = enough(s["nuclear_missile_capability"], n["patronage"] * bound)
    threat = s["peninsula_tension"] * (n["alone"] + (1.0 - n["alone"]) * s["trilateral_cohesion"])
    return 1.0 - n["deterrence"] * (1.0 - deterrent) - (1.0 - n["deterrence"]) * threat


def supply(s: Levels, e: Levels, n: Levels) -> float:
    sent = enough(n["chinese"] * s["chinese_supply"], n["russian"] * s["russian_supply"])
    return sent - n["lost"] * s["sanctions_pressure"] * sent


def discipline(s: Levels, e: Levels, n: Levels) -> float:
    deserved = (ahead(s, "CHN", "RUS") + w(s, "CHN", "PRK")) / 2.0
    return 1.0 - s["chinese_supply"] * (1.0 - deserved)


def threatened_alone(s: Levels, e: Levels, n: Levels) -> float:
    """Shared by Washington's `allies` and Seoul's `deterrence`."""
    threat = enough(n["arsenal"] * s["nuclear_missile_capability"], s["peninsula_tension"])
    return 1.0 - threat * (1.0 - s["trilateral_cohesion"])


def rollback(s: Levels, e: Levels, n: Levels) -> float:
    threat = enough(n["arsenal"] * s["nuclear_missile_capability"], n["technology"] * s["technology_to_prk"])
    return 1.0 - threat + n["contained"] * threat * s["us_prk_dialogue"]


def deal_with_kim(s: Levels, e: Levels, n: Levels) -> float:
    distance = 1.0 - w(s, "PRK", "CHN")
    return if_(e["us_deal_appetite"], s["us_prk_dialogue"] * (1.0 - (1.0 - n["distant"]) * distance))


def calm_on_the_border(s: Levels, e: Levels, n: Levels) -> float:
    fed = enough(s["chinese_supply"], s["russian_supply"])
    return n["peace"] - n["peace"] * s["peninsula_tension"] + (1.0 - n["peace"]) * fed


def no_nuclear_neighbour(s: Levels, e: Levels, n: Levels) -> float:
    return (1.0 - n["arsenal"] * s["nuclear_missile_capability"]) * (1.0 - n["technology"] * s["technology_to_prk"])


def not_left_out(s: Levels, n: Levels, patron: str) -> float:
    talks = enough(s["us_prk_dialogue"], n["seoul"] * w(s, "PRK", "KOR"))
    return 1.0 - talks * (1.0 - w(s, "PRK", patron))


def backing_in_talks(s: Levels, e: Levels, n: Levels) -> float:
    talks = enough(s["us_prk_dialogue"], n["seoul"] * w(s, "KOR", "PRK"))
    return 1.0 - talks + talks * w(s, "CHN", "PRK")


def against_trilateral(s: Levels, own: str, other: str) -> float:
    bloc = (w(s, "PRK", own) + w(s, other, own)) / 2.0
    return 1.0 - s["trilateral_cohesion"] * (1.0 - bloc)


def entrapment(s: Levels, n: Levels, commitment: str) -> float:
    return 1.0 - s[commitment] * (n["always"] + (1.0 - n["always"]) * s["peninsula_tension"])


def at_peace(e: Levels, n: Levels) -> float:
    """What the war leaves of the business between Seoul and Moscow."""
    return e["seoul_market"] * (1.0 - n["war"] * e["ukraine_war"])


def russian_business(s: Levels, e: Levels, n: Levels) -> float:
    return if_(at_peace(e, n), (s["rok_russia_cooperation"] + w(s, "KOR", "RUS")) / 2.0)


def backing_of_beijing(s: Levels, e: Levels, n: Levels) -> float:
    need = (n["peace"] + (1.0 - n["peace"]) * e["ukraine_war"]) * (1.0 - e["sino_russian_rivalry"])
    return if_(need, w(s, "CHN", "RUS"))


def calm_on_the_peninsula(s: Levels, e: Levels, n: Levels) -> float:
    return n["peace"] - n["peace"] * s["peninsula_tension"] + (1.0 - n["peace"]) * w(s, "PRK", "KOR")


PHI: dict[str, dict[str, Callable[[Levels, Levels, Levels], float]]] = {
    "PRK": {
        "regime_security": regime_security,
        "supply": supply,
        "technology": lambda s, e, n: s["technology_to_prk"],
        "what_shells_earn": lambda s, e, n: e["ukraine_war"] * s["arms_to_russia"],
        "autonomy_from_one_patron": lambda s, e, n: 1.0 - chinese_share(s, n),
        "washington_through_moscow": lambda s, e, n: e["us_deal_appetite"] * w(s, "USA", "RUS") * w(s, "RUS", "PRK"),
        "deal_with_washington": lambda s, e, n: e["us_deal_appetite"] * s["us_prk_dialogue"],
        "courted_by_both": lambda s, e, n: w(s, "CHN", "PRK") * w(s, "RUS", "PRK"),
        "not_ignored": lambda s, e, n: enough(s["peninsula_tension"], s["us_prk_dialogue"]),
        "what_seoul_offers": lambda s, e, n: if_(e["seoul_engagement"], w(s, "KOR", "PRK")),
        "backing_in_talks": backing_in_talks,
        "sanctions_relief": lambda s, e, n: 1.0 - s["sanctions_pressure"],
        "tolerance_of_beijing": lambda s, e, n: 1.0 - chinese_share(s, n) * (1.0 - w(s, "CHN", "PRK")),
        "answer_in_kind": lambda s, e, n: 1.0 - (w(s, "PRK", "CHN") - w(s, "CHN", "PRK")) ** 2,
        "russian_status": lambda s, e, n: w(s, "PRK", "RUS") * w(s, "RUS", "PRK"),
    },
    "CHN": {
        "calm_on_the_border": calm_on_the_border,
        "influence_over_pyongyang": lambda s, e, n: chinese_share(s, n) * w(s, "PRK", "CHN"),
        "discipline": discipline,
        "rank_in_pyongyang": lambda s, e, n: ahead(s, "CHN", "RUS"),
        "rivalry_with_moscow": lambda s, e, n: if_(e["sino_russian_rivalry"], outbids(s, "CHN", "RUS")),
        "washington_stake": lambda s, e, n: if_(e["sino_us_stake"], w(s, "USA", "CHN")),
        "front_with_moscow": lambda s, e, n: if_(1.0 - e["sino_russian_rivalry"], w(s, "RUS", "CHN")),
        "no_nuclear_neighbour": no_nuclear_neighbour,
        "no_entrapment": lambda s, e, n: entrapment(s, n, "chinese_commitment"),
        "answer_to_the_trilateral": lambda s, e, n: against_trilateral(s, "CHN", "RUS"),
        "seoul_business": lambda s, e, n: if_(e["seoul_market"], w(s, "KOR", "CHN")),
        "not_left_out": lambda s, e, n: not_left_out(s, n, "CHN"),
        "no_blame": lambda s, e, n: 1.0 - s["peninsula_tension"] * w(s, "PRK", "CHN"),
    },
    "RUS": {
        "shells_for_the_war": lambda s, e, n: 1.0 - e["ukraine_war"] * (1.0 - s["arms_to_russia"]),
        "friends_in_isolation": lambda s, e, n: 1.0 - e["ukraine_war"] * (1.0 - w(s, "PRK", "RUS")),
        "backing_of_beijing": backing_of_beijing,
        "opening_to_washington": lambda s, e, n: if_(e["us_russia_opening"], w(s, "USA", "RUS")),
        "seoul_business": russian_business,
        "answer_to_the_trilateral": lambda s, e, n: against_trilateral(s, "RUS", "CHN"),
        "no_entrapment": lambda s, e, n: entrapment(s, n, "russian_commitment"),
        "rivalry_with_beijing": lambda s, e, n: if_(e["sino_russian_rivalry"], outbids(s, "RUS", "CHN")),
        "purse": lambda s, e, n: 1.0 - (1.0 - e["russian_means"]) * s["russian_supply"],
        "no_blame": lambda s, e, n: 1.0 - (1.0 - e["ukraine_war"]) * s["peninsula_tension"] * w(s, "PRK", "RUS"),
        "not_left_out": lambda s, e, n: not_left_out(s, n, "RUS"),
        "keeps_secrets": lambda s, e, n: 1.0 - s["technology_to_prk"],
    },
    "USA": {
        "rollback": rollback,
        "allies": threatened_alone,
        "deal_with_kim": deal_with_kim,
        "deal_with_moscow": lambda s, e, n: if_(e["us_russia_opening"], w(s, "RUS", "USA")),
        "sanctions_hold": lambda s, e, n: s["sanctions_pressure"] * (1.0 - n["traded"] * e["us_deal_appetite"]),
        "ukraine": lambda s, e, n: 1.0 - e["ukraine_war"] * s["arms_to_russia"],
        "working_tie_with_beijing": lambda s, e, n: w(s, "CHN", "USA"),
    },
    "KOR": {
        "deterrence": threatened_alone,
        "calm_on_the_peninsula": calm_on_the_peninsula,
        "thaw_with_the_north": lambda s, e, n: if_(e["seoul_engagement"], w(s, "PRK", "KOR")),
        "moscow_business": lambda s, e, n: if_(at_peace(e, n), s["rok_russia_cooperation"]),
        "china_market": lambda s, e, n: w(s, "CHN", "KOR"),
        "no_russian_technology_for_pyongyang": lambda s, e, n: (
            1.0 - s["technology_to_prk"] * (1.0 - n["courted"] * w(s, "RUS", "KOR"))
        ),
        "tie_with_washington": lambda s, e, n: w(s, "USA", "KOR"),
    },
}
