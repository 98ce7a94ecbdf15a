"""Who did what, from where, and how it ended."""
