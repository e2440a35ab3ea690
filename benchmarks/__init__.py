"""How fast and how large: this package's street router beside its peers, on real data."""
