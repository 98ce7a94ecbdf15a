"""Questions about the sample filings, one category a file, answered from their books."""
