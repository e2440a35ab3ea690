"""The map of an assessment."""
