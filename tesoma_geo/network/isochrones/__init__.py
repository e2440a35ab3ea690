"""What lies within so many minutes."""
