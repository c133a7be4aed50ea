"""A seat at the table: one country's moves played by hand against the model."""
