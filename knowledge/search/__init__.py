"""Finds, fuses and orders passages."""
