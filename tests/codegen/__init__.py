"""Laws of the code generator."""
