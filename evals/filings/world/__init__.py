"""Invented documents of other kinds and countries than the sample filings, drawn from data."""
