"""Small Contributions, Small Networks (arXiv 2410.16151), in NumPy."""

__version__ = "0.1.0"
