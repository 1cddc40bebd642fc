"""Selling."""

from canteen_pos.domain.order import Order, OrderLine, Payment

__all__ = ["Order", "OrderLine", "Payment"]
