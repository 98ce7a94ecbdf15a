"""Cuts a filing's pages into chunks that are searched, within passages that are read."""
