"""Finds tables among a page's lines and says what each figure in them means."""
