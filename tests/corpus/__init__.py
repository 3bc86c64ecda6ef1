"""Documents that nobody here wrote, and how much of each can be used."""
