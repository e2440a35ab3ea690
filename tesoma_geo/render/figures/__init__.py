"""What pages, maps and the report tell: figures as rows, and homes as cells."""
