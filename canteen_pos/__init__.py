"""A till for community canteens."""

__version__ = "0.1.0"
