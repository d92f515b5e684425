"""How the grader asks a student's code for values, and why an answer cannot be a verdict.

Read `fence` (what the child process may do), `wire` (frames of JSON and raw numbers), `data`
(values as frames), `things` (networks, activations and records as values), `calls` (a call and its
answer, in either direction) and `child` (the loop in the child process).
"""
