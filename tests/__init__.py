"""The tests: laws that hold between the document, the generated code, and the bytes on the wire."""
