"""Every id that the model cites has words, short ones cut between words, in an order a reader expects."""

from __future__ import annotations

import pytest

from triangle_sim.claims import load_claims
from triangle_sim.claims.words import all_words, cited, linked, words_of
from triangle_sim.countries import JOINT_EFFECTS, countries

CITED = {
    *(c for country in countries().values() for move in country.menu() for c in move.claims),
    *(c for country in countries().values() for each in country.interests().values() for c in each.claims),
    *(c for joint in JOINT_EFFECTS for c in joint.claims),
} - {"judgement"}


def test_everything_a_move_an_interest_or_a_meeting_cites_has_words() -> None:
    assert CITED
    assert all(words_of(id_) for id_ in CITED)
    assert words_of("judgement") == "" == words_of("A99")


@pytest.mark.parametrize("width", [30, 60, 96])
def test_short_words_are_the_beginning_of_the_whole_and_end_at_a_word(width: int) -> None:
    for id_, whole in all_words().items():
        short = words_of(id_, width)
        assert len(short) <= width
        beginning = short.removesuffix(" ...")
        assert whole == short or whole.startswith(f"{beginning} ")


def test_whole_words_are_the_claim_itself() -> None:
    for claim in load_claims().values():
        assert f"{words_of(claim.id, None)}." == " ".join(claim.claim.split())


def test_ids_come_once_in_the_order_of_their_numbers() -> None:
    assert cited("see A37, B2 and A4 (A37); nothing of Z1 or xA4 or H2") == ["A4", "A37", "B2"]
    assert list(linked(["B10", "A10", "judgement", "A9", "A9", "H04", "facts:dyads"])) == [
        "A9", "A10", "B10", "H04", "facts:dyads",
    ]  # fmt: skip
