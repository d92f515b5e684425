"""Algorithm 1: score the weights, take out the lowest, fine-tune, and repeat.

Read `scoring` and `criteria` (what is scored), `schedule` (how many), `masks` and `groups` (which),
`algorithm` (the loop) and `pruned` (the result, saved and loaded). `compact` and `sparse` make a
smaller network of it. `start`, `notices` and `saved` check what comes in, from a caller or a file.
"""
