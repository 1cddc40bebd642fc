"""The built-in printer: tickets as pictures."""
