"""Monte Carlo: draws x replicates, the same bits on one process or many."""
