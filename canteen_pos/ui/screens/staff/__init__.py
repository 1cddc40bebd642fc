"""Who works here: roles, PINs, locks, and what each of them did."""
