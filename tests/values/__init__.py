"""What fits a schema and what breaks it."""
