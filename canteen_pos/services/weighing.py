"""The weight on this till's scale."""

from canteen_pos import settings
from canteen_pos.devices import scales
from canteen_pos.devices.scales import Reading, check_address
from canteen_pos.domain.errors import refuse
from canteen_pos.services.context import Desk

__all__ = ["Reading", "check_address", "has_scale", "weigh", "weigh_at"]


def has_scale(desk: Desk) -> bool:
    """Whether a scale was set up on this machine."""
    return desk.folder is not None and bool(settings.load(desk.folder).scale)


def weigh(desk: Desk) -> Reading:
    """What lies on this till's scale. May wait two seconds: not on the window's thread. Refusal 'scale.*'."""
    address = settings.load(desk.folder).scale if desk.folder is not None else ""
    if not address:
        raise refuse("scale.none")
    return scales.weigh(address)


def weigh_at(address: str, wait_s: float = 2.0) -> Reading:
    """The same at an address that is being tried. Refusal 'scale.*'."""
    return scales.weigh(address.strip(), wait_s)
