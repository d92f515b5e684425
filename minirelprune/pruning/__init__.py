"""Algorithm 1: score the weights, take out the lowest, fine-tune, and repeat.

Read `scoring` and `criteria` (what is scored), `schedule` (how many), `masks` (which), `algorithm`
(the loop) and `pruned` (the result, saved and loaded). `start`, `notices` and `saved` check what
comes in, from a caller or from a file.
"""
