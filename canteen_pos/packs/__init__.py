"""Rule packs: dated TOML files, checked with exact messages, to domain values and back."""

from canteen_pos.domain.policy import Pack
from canteen_pos.packs.problems import PackError
from canteen_pos.packs.reading import check_together, load_folder, load_pack, parse_pack
from canteen_pos.packs.writing import dump

__all__ = ["Pack", "PackError", "check_together", "dump", "load_folder", "load_pack", "parse_pack"]
