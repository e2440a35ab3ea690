"""A reader a kind of source: a file or an address in, a checked table out."""
