"""What a job was given, and whether it is sound."""
