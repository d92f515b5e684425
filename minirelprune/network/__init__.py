"""Section 4: the network, and how it learns.

Read `activations` (`blind_intervals` says where each is flat), `losses` (with the term of Eq. (3)),
`mlp`, `adam` and `training`, in order.
"""
