"""Readers of untrusted input are given faulty input: they read it, or report what is wrong.

`make fuzz` tries every target for a while, and `test_fuzz.py` each a little.
"""
