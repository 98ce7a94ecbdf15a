"""Questions that are answered in the background, and what they tell meanwhile."""
