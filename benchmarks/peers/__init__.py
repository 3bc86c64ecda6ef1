"""Verdicts and requests a second beside the mock servers and checkers that others use: `make bench ONLY=peers`.

All are given the same document, the newest edition of ours with the address of the server in it, and the same requests
and exchanges, which httpx has written. Which of them are right follows from the document alone: what only our `x-`
extensions say is in none of them. A server takes a request if it answers with 2xx, and refuses it with 4xx; any other
answer is no verdict.
"""
