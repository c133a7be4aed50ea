"""Whether stored numbers come out again, to the bit."""
