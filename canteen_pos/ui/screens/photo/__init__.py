"""The photo of who eats, large enough to know the face; another one, or none."""
