"""Uploading and listing documents."""
