"""The wire layer: bytes to instances, and back."""
