"""The words of pages, in every language, and the one place where text is made harmless."""
