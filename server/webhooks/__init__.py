"""Receivers that the agent may notify."""
