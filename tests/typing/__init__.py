"""Programs for type checkers, and tests that they are complete."""
