"""The job: how well people reach the hub and everyday services, as tables, figures and files."""
