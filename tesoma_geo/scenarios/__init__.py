"""Before and after an edit. Not served yet."""
