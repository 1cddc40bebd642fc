"""The canteen's dishes."""
