"""Printers and what waits for a person: print again, it came out, drop it, a test page."""
