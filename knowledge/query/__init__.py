"""What a question asks for, read from its words alone: no model, the same answer each time."""
