"""After a plan: trials on the ground, and what changes over the years, and why."""
