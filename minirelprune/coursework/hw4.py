"""Homework 4: entropy, and the mutual information of a weight and its unit's output."""

from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.draws import call, layer

HW4 = Assignment(
    name="hw4",
    title="Mutual information of a weight",
    hours="6 to 8",
    about="You write entropy and mutual information by counting, correct their bias, and find out "
    "what must vary before a weight can tell anything of an output.",
    given=("network.activations", "theory.binning"),
    tasks=(
        Task(
            name="entropy",
            title="The entropy of a distribution",
            writes=("entropy",),
            points={"entropy_is_minus_the_sum_of_p_ln_p": 12},
            hint="In nats. Where p = 0, p ln p is 0.",
            example=lambda rng: call((share := rng.integers(1, 9, 3)) / share.sum()),
        ),
        Task(
            name="counting",
            title="Mutual information by counting pairs",
            writes=("mutual_information",),
            points={
                "mutual_information_is_that_of_the_counted_pairs": 8,
                "what_x_tells_of_itself_is_its_entropy": 4,
                "a_constant_tells_nothing": 4,
                "independent_values_tell_nothing": 3,
                "shuffling_the_pairs_tells_no_more_and_no_less": 3,
                "merging_bins_never_raises_it": 4,
            },
            hint="Number the bins of x and of y, count the pairs, and use H(X) + H(Y) - H(X, Y). "
            "minirelprune.theory.binning has `mass_edges`: np.searchsorted(edges, x, 'right').",
            example=lambda rng: call(rng.integers(0, 3, 6), rng.integers(0, 3, 6), bins=6),
        ),
        Task(
            name="bins",
            title="Bins of equal mass",
            writes=("mutual_information",),
            points={
                "different_values_are_shared_out_evenly": 4,
                "an_atom_has_a_bin_of_its_own": 5,
                "no_increasing_function_changes_what_ranks_tell": 5,
            },
            hint="`mass_edges` cuts by rank, and gives a value with 1/K of the mass its own bin.",
        ),
        Task(
            name="bias",
            title="The correction of Miller and Madow",
            writes=("mutual_information",),
            points={
                "miller_madow_counts_what_is_occupied": 9,
                "x_tells_as_much_of_y_as_y_of_x": 4,
            },
            hint="Only bins and pairs that occur count. The corrected value may be negative.",
            example=lambda rng: call(
                rng.integers(0, 3, 6), rng.integers(0, 3, 6), bins=6, correction="miller_madow"
            ),
        ),
        Task(
            name="mask",
            title="What a weight that is kept or dropped tells of the output",
            writes=("weight_information",),
            points={
                "a_weight_that_does_not_vary_tells_nothing": 3,
                "the_mask_reading_is_the_jensen_shannon_divergence": 8,
                "a_uniform_output_shifted_by_delta_tells_delta_ln_2": 3,
                "a_uniform_output_scaled_by_c_tells_what_the_formula_says": 3,
                "the_mask_shows_unless_the_output_stays": 4,
                "knowing_the_input_never_tells_less": 3,
            },
            hint="Bin the outputs with and without the weight by the edges of the outputs with it, "
            "with one more bin on either side: I = H((p + q) / 2) - H(p) / 2 - H(q) / 2.",
            example=lambda rng: call(*layer(rng, n=4), "relu", bins=2),
        ),
        Task(
            name="readings",
            title="Every reading of the mutual information of a weight",
            writes=("weight_information",),
            points={
                "the_contribution_reading_is_that_of_a_and_x_w": 5,
                "a_zero_weight_tells_nothing": 3,
                "shuffling_the_examples_changes_no_information": 3,
            },
            hint='The reading "contribution" is `mutual_information` of two columns of numbers.',
        ),
    ),
)
