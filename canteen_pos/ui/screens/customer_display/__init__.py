"""The window that faces the diner."""
