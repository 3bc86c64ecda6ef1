"""Every speed claim of this project as a ratio against a peer, measured in one run: `make bench`.

A question is asked of several sides: ours, and the peers whose users would ask it. All sides get the same input, and
must give the same answer before anything is timed. `model` says what a question is, `rounds` measures one on pyperf,
`report` writes the table, `plots` the pictures, and `catalogue` lists the questions, which stand in `questions/`.
"""
