"""Stored results as a page to look at and as a summary of a pull request."""
