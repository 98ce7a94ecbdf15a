"""Questions, streamed answers and approvals."""
