"""The record of 1955 to 2024, without the years kept back: as data, played by an ensemble, and scored."""

MEMBERS, REPLICATES, STEPS = 500, 8, 5
"""Of a fit, by default: members of the ensemble, futures of each, and how often the record is assimilated."""
