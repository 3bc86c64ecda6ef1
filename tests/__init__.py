"""The tests: laws that hold between the document, the code made from it, and the bytes that travel."""
