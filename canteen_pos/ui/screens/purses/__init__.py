"""Purses, customers who pay later, vouchers, points and what is owed for prepaid money."""
