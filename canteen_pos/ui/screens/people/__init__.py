"""Everybody who eats here: found by anything, their whole story, and what is done for them."""
