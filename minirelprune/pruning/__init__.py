"""Algorithm 1: score the weights, take out the lowest, fine-tune, and repeat.

Read `criteria` (what is scored), `schedule` (how many), `masks` (which), `algorithm` (the loop) and
`pruned` (the result, saved and loaded).
"""
