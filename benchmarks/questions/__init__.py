"""The questions, one module for each kind of work; each module has them in `QUESTIONS`."""
