"""The ReAct state machine that answers questions about filings."""
