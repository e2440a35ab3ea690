"""Readers of survey platforms. Not served yet."""
