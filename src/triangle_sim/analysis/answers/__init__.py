"""What a scenario changes: its question and the answer, on the worlds of its reference."""
