"""From a PDF's bytes to passages: inspect, parse, chunk, embed, index, search."""
