"""A seat at the table: one history played quarter by quarter, with the reasons of every move."""

from triangle_sim.seat.futures import Endings
from triangle_sim.seat.game import Game
from triangle_sim.seat.option import Option, Term
from triangle_sim.seat.review import Reviewed
from triangle_sim.seat.situation import Offer, Situation, Tie

__all__ = ["Endings", "Game", "Offer", "Option", "Reviewed", "Situation", "Term", "Tie"]
