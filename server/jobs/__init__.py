"""Watching and administering jobs."""
