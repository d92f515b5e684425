"""The published numbers, the cells of the tables they stand in, and what the paper says of them."""
