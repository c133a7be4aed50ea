"""The record of 1955 to 2024, without the years kept back: as data, played by an ensemble, and scored."""
