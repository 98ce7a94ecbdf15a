"""The measuring face: datasets, evaluators, suites, and the sample filings they run on."""
