"""``python -m genxu.cli`` is ``genxu``."""

from . import main

if __name__ == "__main__":
    main()
