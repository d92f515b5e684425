"""Algorithm 1: score the weights, take out the lowest, fine-tune, and repeat.

Read `scoring`, `criteria` and `rivals` (what is scored; `catalogue` lists them by name), `schedule`
(how many), `masks` and `groups` (which), `algorithm` (the loop) and `pruned` (the result, saved and
loaded). `compact` and `sparse` make a smaller network of it. `start`, `notices` and `saved` check
what comes in, from a caller or from a file.
"""
