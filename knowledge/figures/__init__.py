"""Figures: cells of tables as data, how they are found and when one answers a question."""
