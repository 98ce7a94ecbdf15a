"""Receivers of events and of the agent's messages, and notifications from outside."""
