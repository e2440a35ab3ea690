"""The plain-language report."""
