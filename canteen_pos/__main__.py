"""python -m canteen_pos"""

from canteen_pos.cli import main

if __name__ == "__main__":
    main()
