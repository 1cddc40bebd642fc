"""Giving money back for a sale, whole or in part."""
