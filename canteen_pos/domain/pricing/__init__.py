"""The one pricing function: `quote(packs, meal)`. Pure; the till, deliveries, batches and what-ifs all call it."""

from canteen_pos.domain.pricing.engine import quote

__all__ = ["quote"]
