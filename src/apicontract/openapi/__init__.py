"""Layer 1: an OpenAPI document read into one form."""
