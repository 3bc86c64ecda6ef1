"""Layer 4: what fits a schema and what breaks it."""
