"""What a tool may do, who may call it, and how it is bound to a run."""
