"""What is run on a dataset and which evaluators look at it."""
