"""Price, portions and sold-out of today's dishes, for those with the right."""
