"""What differs between scenarios or saved results, and what does not."""
