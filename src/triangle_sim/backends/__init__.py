"""What steps blocks of runs: NumPy, or the same source compiled."""
