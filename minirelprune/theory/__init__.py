"""What sections 2.1, 2.2 and 3 claim, as functions that measure it.

Read `blind_range` (section 2.1), `normality` and `tails` (the central limit theorem, section 2.2),
`entropy` (Eq. 4 to 8), its `binning`, and `weight_information` (section 3).
"""
