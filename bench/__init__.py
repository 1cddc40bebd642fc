"""What we time, against what: `make bench` prints everything in one run. Tests never look at a clock."""
