"""First start: try the demo canteen, set up one's own, or train."""
