"""What to watch for, to tell how a future will end."""
