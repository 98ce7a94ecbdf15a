"""What people may ask of their own data, and how long an organization keeps it."""
