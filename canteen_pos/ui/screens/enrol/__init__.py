"""A newcomer in ten seconds."""
