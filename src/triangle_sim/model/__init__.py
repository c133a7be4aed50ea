"""The model: a scenario made ready, one quarter, the Mesa model, the trajectory it leaves."""
