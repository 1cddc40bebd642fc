"""What a canteen is: frozen values and pure functions. Standard library only; no clock, no disk, no words."""
