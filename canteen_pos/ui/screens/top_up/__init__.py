"""Putting money on a diner's account."""
