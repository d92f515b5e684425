"""One file for each `minirelprune reproduce X`: what it computes, or asks of the trials.

Files without an `EXHIBIT` are parts of those that have one.
"""
