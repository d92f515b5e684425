"""Section 4: the network, and how it learns.

Read `activations` (`blind_intervals` says where each is flat), `losses` (with the term of Eq. (3)),
`passes` (forward and backward), `mlp`, `gradients`, `adam` and `training`, in order. `settings` and
`adam_checks` say what a network and Adam may be made with.
"""
