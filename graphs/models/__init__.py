"""Chat models: the chain that falls back, the providers in it, and the extractive model without a key."""
