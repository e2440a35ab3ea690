"""Residents' annotations: moderation, privacy and patterns. Not served yet."""
