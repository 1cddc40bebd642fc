"""`python -m bench [--quick] [SECTION ...]`: every section in one run; `--quick` on a small database."""

import argparse
import importlib
import os

SECTIONS = ("quoting", "ring_up", "members", "lists", "ticket", "start", "keys")


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    reader.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    reader.add_argument(
        "--quick",
        action="store_true",
        help="20,000 past sales and 5,000 members instead of 1,000,000 and 50,000",
    )
    asked = reader.parse_args()
    unknown = set(asked.sections) - set(SECTIONS)
    if unknown:
        reader.error(f"no such section: {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in asked.sections or SECTIONS:
        importlib.import_module(f"bench.{name}").run(quick=asked.quick)


if __name__ == "__main__":
    main()
