"""Widgets that know no service: they show what they are given and say what was pressed."""
