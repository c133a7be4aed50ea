"""Which argument makes an outcome what it is: everything switched off alone, on the same worlds."""
