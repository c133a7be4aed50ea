"""Every name of the model reads as words: no underscore, no code of a country, no key in brackets."""

import re

from triangle_sim.countries import countries
from triangle_sim.outcomes import OUTCOMES, label
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.wording import in_words

CODED = re.compile(r"_|\[|\b(prk|rok|rus|chn|usa?|strongmens)\b")


def test_variables_moves_interests_and_endings_are_words() -> None:
    names = [*model_catalogue().variables, *OUTCOMES["end_state"].categories]
    for country in countries().values():
        names += [*(move.name for move in country.menu()), *country.interests()]
    assert [said for said in map(in_words, names) if CODED.search(said)] == []
    assert in_words("test_nuclear_weapon") == "test nuclear weapon"
    assert in_words("goodwill[RUS,PRK]") == "Moscow's goodwill to Pyongyang"
    assert in_words("strongmens_alignment") == "strongmen's alignment"


def test_columns_have_labels_that_are_words_and_tell_them_apart() -> None:
    labels = [label(name) for name in OUTCOMES]
    assert len({*labels}) == len(OUTCOMES)
    assert [said for said in labels if CODED.search(said) or len(said) > 40] == []
    assert label("end_state=russian_shield") == "Russian shield"
    assert label("mean us_prk_dialogue") == "talks between Washington and Pyongyang, mean over the horizon"
