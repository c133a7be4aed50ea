"""The text of a new theory, commented: what is worth stating first, and where the bundled theories stand on it."""

from __future__ import annotations

from math import sqrt
from typing import Any

from triangle_sim.scenario.check.catalogue import Catalogue
from triangle_sim.scenario.show.dump import dump
from triangle_sim.uncertainty import Parameter, Prior
from triangle_sim.world.theories import load_theory

_HEAD = """\
# A theory: what you think of the numbers on which the outcome hangs, as distributions. It is part of a model, not of
# the world: say what each rests on.
#
# Check it:       triangle-sim check {file}
# Run it:         triangle-sim run baseline --set theory={file}
# Beside others:  triangle-sim run baseline --set "theory={{{file}: 0.5, {first}: 0.5}}"
# What matters:   triangle-sim show {file} --diff {first}

{names}
# A bundled theory to start from ({all}): what you do not state below is as that one has it, with the
# sizes fitted to the record under it. Without this line it is the model's own prior, and nothing is fitted to the
# record: compare such a theory with others under `--set sizes=judgement` alone.
extends: {first}

# Parameters by name; `triangle-sim schema` has all of them. A prior is a number, or a distribution named as in scipy:
#   lognorm (s, scale: the median), norm (loc, scale), uniform (loc, scale: the length), triang (low, mode, high),
#   truncnorm (loc, scale, low, high), beta (a, b), gamma (a, scale)
# claims: ids of the claims it rests on, or judgement; source: where else it comes from, in your words.
# Weights are sizes before a country's weights are made to sum to one. Effects and drivers are latent units: a tie runs
# from -1 to 1 and moves by about so much in mid-range.
#
# Below stand the numbers of which the bundled theories state something, those they differ on most first: where each
# stands (median and the middle nine tenths), and a prior half way between. Take away the '#' where you have a view.
priors:
"""

_ENTRY = """\
{mark}{name}: {{prior: {prior}, claims: [judgement]}}
"""


def theory_template(name: str, catalogue: Catalogue, *, file: str = "") -> str:
    """A new theory ``name``; it loads as it is, and states one number."""
    title = name.replace("_", " ").replace("-", " ").strip().capitalize() or name
    theories = sorted(catalogue.theories)
    words = {"file": _one_line(file or f"{name}.yaml"), "first": theories[0], "all": " or ".join(theories)}
    parts = [_HEAD.format(names=dump({"name": name, "title": title, "article": ""}), **words)]
    for number, parameter in enumerate(contested(catalogue)):
        stands = [(theory, catalogue.theories[theory][parameter.name].prior) for theory in theories]
        told = [(theory, spread_text(prior), _because(theory, parameter.name)) for theory, prior in stands]
        told.append(("the model", spread_text(parameter.prior), ""))
        lines = "".join(f"  #   {who:12s} {where:26s} {why}".rstrip() + "\n" for who, where, why in told)
        parts.append(f"\n  # {parameter.meaning}\n{lines}")
        prior = _inline(between([prior for _, prior in stands]))
        parts.append(_ENTRY.format(mark="  " if number == 0 else "  # ", name=parameter.name, prior=prior))
    return "".join(parts)


def contested(catalogue: Catalogue) -> list[Parameter]:
    """Numbers on which some bundled theory states a prior, with the model's own; furthest apart first."""
    stated = {name for theory in catalogue.theories for name in load_theory(theory).priors}
    own = [each for name in stated if isinstance(each := catalogue.parameters.get(name), Parameter)]

    def apart(parameter: Parameter) -> float:
        middles = [table[parameter.name].default for table in catalogue.theories.values()]
        spread = parameter.prior.spread()
        return (max(middles) - min(middles)) / spread if spread > 0 else 0.0

    return sorted(own, key=lambda parameter: (-apart(parameter), parameter.name))


def between(priors: list[Prior]) -> dict[str, Any]:
    """A prior half way between others: on the scale of logarithms if all are lognormal."""
    if {prior.dist for prior in priors} == {"lognorm"}:
        first, last = priors[0].arguments, priors[-1].arguments
        scale = _short(sqrt(first["scale"] * last["scale"]))
        return {"dist": "lognorm", "s": max(first["s"], last["s"]), "scale": scale}
    middle = sum(prior.median() for prior in priors) / len(priors)
    return {"dist": "norm", "loc": _short(middle), "scale": _short(max(prior.spread() for prior in priors))}


def spread_text(prior: Prior) -> str:
    """A prior in a few signs: median and the middle nine tenths."""
    low, middle, high = (f"{float(prior.ppf([u])[0]):.2g}" for u in (0.05, 0.5, 0.95))
    return middle if low == high else f"{middle} [{low}, {high}]"


def _because(theory: str, parameter: str) -> str:
    """The claims it rests on, where the theory states it itself."""
    return ", ".join(load_theory(theory).claims.get(parameter, ()))


def _short(value: float) -> float:
    return float(f"{value:.2g}")


def _inline(prior: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in prior.items()) + "}"


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() and c not in "#" else "_" for c in text)
