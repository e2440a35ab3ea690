"""``python cli.py …`` is ``tesoma-geo …``, in a checkout."""

from tesoma_geo.__main__ import program

if __name__ == "__main__":
    program()
