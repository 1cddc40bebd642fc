#!/bin/sh
# Say in one line what the Python named in $1 lacks for `make setup`.
set -eu
python="$1"

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "canteen_pos needs Python 3.11 or newer as '$python': sudo apt-get install python3 python3-venv (or make PYTHON=/path/to/python)" >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "Python's venv is missing: sudo apt-get install python3-venv" >&2
    exit 1
fi
