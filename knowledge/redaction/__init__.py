"""Personal data: found by its own checks, masked in place, never a figure."""
