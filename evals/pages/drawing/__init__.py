"""Small drawings as inline SVG; colours are the page's."""
