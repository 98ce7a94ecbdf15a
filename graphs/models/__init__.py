"""Chat models: the chain that falls back, its providers, and the extractive model without a key."""
