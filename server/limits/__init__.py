"""How much a caller may ask for in a while, and an organization at once."""
