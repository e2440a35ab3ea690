"""Residents' annotations: one reader a platform, one schema for all."""
