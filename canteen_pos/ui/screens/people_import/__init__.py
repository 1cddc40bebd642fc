"""Bringing an old list of people in."""
