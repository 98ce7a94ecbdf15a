"""Reads a filing's outline: items, notes, statements and the headings below them."""
