"""HTTP to addresses that somebody else chose, and nothing that they could reach through us."""
