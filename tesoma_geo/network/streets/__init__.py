"""Streets, who travels on them and how, and what each piece of street costs."""
