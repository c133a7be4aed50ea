"""The claims of the articles: every argument, its place in the model, and how simulation could contradict it."""

from triangle_sim.claims.ledger import Article, Check, Claim, OtherArticle, Place, articles, load_claims

__all__ = ["Article", "Check", "Claim", "OtherArticle", "Place", "articles", "load_claims"]
