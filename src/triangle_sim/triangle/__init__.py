"""The strategic triangle as an instrument: signs of ties, types and roles, their counts, structural balance."""
