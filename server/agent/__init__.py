"""The copilot as LangServe serves it."""
