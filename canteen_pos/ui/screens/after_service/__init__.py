"""Counts after service."""
