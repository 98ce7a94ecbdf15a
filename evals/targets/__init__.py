"""What of the product is asked, and what it gave, as it is stored."""
