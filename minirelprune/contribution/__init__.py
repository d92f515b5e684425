"""Section 2.2: what a weight contributes to the output of its unit.

Read `definition` (Eq. 1), `moments` (E and sigma over the data) and `importance` (Eq. 2). The other
files are engines: `column`, `piecewise_linear` and `smooth` compute the same sums, faster, and
`exact` and `spread` serve where these would leave the range of numbers, or lose digits.
"""
