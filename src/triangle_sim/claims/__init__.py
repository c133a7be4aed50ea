"""The claims of the articles: every argument, its place in the model, and how simulation could contradict it."""

from triangle_sim.claims.ledger import Check, Claim, OtherArticle, Place, load_claims

__all__ = ["Check", "Claim", "OtherArticle", "Place", "load_claims"]
