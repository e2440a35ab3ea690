"""What is possible in a workspace's inputs but unlikely: doubts for ``check``, never a reason to stop."""
