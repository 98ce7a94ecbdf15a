"""A document's versions: restored, compared."""
