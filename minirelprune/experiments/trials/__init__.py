"""What is run, and where it is kept: a trial, how it is run, by whom, and the store of results."""
