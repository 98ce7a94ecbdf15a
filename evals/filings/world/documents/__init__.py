"""One document a file: what it prints, and what is asked about it."""
