"""The drawer: open with a float, cash in and out, X report, blind count, hand over."""
