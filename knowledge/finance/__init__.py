"""The words of finance: metrics, topics, and what filings call them."""
