"""Catalogues: who publishes a layer of a place, under which licence, and how it is asked for. One file each."""
