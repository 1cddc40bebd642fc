"""The canteen, the money, the rules and this machine: every setting, each device with a test."""
