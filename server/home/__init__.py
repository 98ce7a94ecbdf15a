"""What `/` shows: a page for people, an index of the API for programs."""
