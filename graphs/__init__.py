"""State machines, and the models that drive them."""
