"""What reads the input of strangers is given faulty input: it reads it, or says what is wrong.

`make fuzz` tries every target for a while, and `test_fuzz.py` each a little.
"""
