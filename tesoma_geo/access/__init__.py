"""How well people reach the hub and everyday services."""
