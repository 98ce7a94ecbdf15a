"""One node a file, each named for what it does."""
