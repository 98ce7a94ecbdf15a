"""One question about a result a file. A score is 0 to 1, or None where the question is moot."""
