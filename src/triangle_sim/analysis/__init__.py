"""What a batch of runs says, and how surely."""
