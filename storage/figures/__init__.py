"""The figures of documents: each cell of a table as a row with its source."""
