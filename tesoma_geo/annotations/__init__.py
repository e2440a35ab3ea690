"""Residents' annotations: moderation, privacy and patterns."""
