"""The subjects that pages tell below their map, a module each."""
