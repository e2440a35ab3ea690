"""Many districts at once: one after the other, or side by side, and always the same files."""
