"""``python -m tesoma_geo`` is ``tesoma-geo``."""

from tesoma_geo.cli import main

if __name__ == "__main__":
    main()
