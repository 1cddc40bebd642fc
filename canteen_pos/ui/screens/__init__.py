"""Screens, one folder each: a presenter that decides and imports no Qt, a screen that is layout."""
