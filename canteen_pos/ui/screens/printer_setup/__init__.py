"""Setting printers up: where each is, what its paper is like."""
