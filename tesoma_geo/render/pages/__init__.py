"""The published pages."""
