"""``python cli.py …`` is ``tesoma-geo …``, in a checkout."""

from tesoma_geo.cli import main

if __name__ == "__main__":
    main()
