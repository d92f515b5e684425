"""The tables and the figures of the paper, and those added to them.

`registry` lists them. Read `paper` (what is published), `trials` (what is run), `exhibits` (what is
made of it) and `plots` (how it is drawn), in this order.
"""
