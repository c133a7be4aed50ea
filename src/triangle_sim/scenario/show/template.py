"""The text of a new scenario, commented so that it explains itself."""

from __future__ import annotations

from triangle_sim.scenario.show.dump import dump

SCHEMA_FILE = "scenario.schema.json"
"""Name of the JSON Schema written beside a new scenario, for editors."""

_TEXT = """\
# yaml-language-server: $schema={schema}
#
# Check it:  triangle-sim check {file}
# Run it:    triangle-sim run {file}

{head}
question: What changes, compared with {parent}?
# What answers it; `run` opens with that. One of outcome, ending and meeting each (see docs/scenarios.md):
# answers:
#   - asks: Does Kim get his summit?
#     outcome: us_prk_summit
#     expected: more                   # than in {parent}, as the question leads one to expect; or less
#   - asks: Does it end in a bloc with both patrons?
#     ending: bloc
# reference: baseline                  # what it is compared with, if not {parent}

# Numbers, by kind. Your editor offers the names; docs/odd.md lists them with their meaning.
# environment:                         # conditions around the countries, until events change them
#   sino_russian_rivalry: 0.6          # 0 none .. 1 as high as it can be
# state:                               # starting levels
#   goodwill[RUS, PRK]: 0.8            # how well Russia is disposed to North Korea, -1 .. 1
# parameters:                          # one value in all draws; a distribution goes under priors:
#   rationality.PRK: 50                # how closely Pyongyang's choices follow its payoffs

# What may happen. An event of {parent} is changed by its name; null removes it. One timing each:
#   when: 2025Q1 | window: [2025Q1, 2026Q4] | hazard: 0.05 (a quarter) | condition: [{{variable: ..., above: 0.6}}]
# events:
#   a_new_event:
#     title: What happens, in plain words
#     window: [2025Q1, 2026Q4]
#     probability: 0.5                 # that it can happen at all
#     duration: 4                      # quarters; without it, for good
#     effects: {{seoul_market: 0.2}}     # shift while it lasts
#     claims: []                       # ids of the claims behind it
#     source: judgement

# Whose priors: one theory, or the share of draws each gets.
# theory: {{chung-2024: 0.5, lowy-2023: 0.5}}

# How countries decide, and moves they cannot play.
# decision: {{PRK: {{rule: quantal, depth: 3}}}}
# moves: {{disable: {{PRK: [test_nuclear_weapon]}}}}

# The size of the experiment: draws of what we do not know x replicates of luck.
# draws: 500
# replicates: 20
"""


def template(name: str, parent: str = "baseline", *, file: str = "", schema: str = SCHEMA_FILE) -> str:
    """A new scenario ``name`` that extends ``parent``; it loads as it is."""
    title = name.replace("_", " ").replace("-", " ").strip().capitalize() or name
    head = dump({"name": name, "title": title, "extends": parent}).rstrip()
    words = {"schema": schema, "file": _one_line(file or f"{name}.yaml"), "parent": _one_line(parent), "head": head}
    return _TEXT.format(**words)


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() and c not in "#" else "_" for c in text)
