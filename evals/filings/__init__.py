"""Sample filings of invented companies, with the truth about every figure in them."""
