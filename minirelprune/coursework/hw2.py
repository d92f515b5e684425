"""Homework 2: what a weight contributes, and its moments over data."""

from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.draws import call, layer

HW2 = Assignment(
    name="hw2",
    title="The contribution of a weight",
    hours="5 to 7",
    about="You write Eq. (1) three times: for one weight, for all weights at once, and so that "
    "a whole layer takes two matrix products.",
    given=("network.activations",),
    tasks=(
        Task(
            name="contribution",
            title="Eq. (1) for one weight",
            writes=("contribution",),
            points={"one_weight_and_all_weights_agree": 20},
            hint="The output without weight (i, j) is f(z - x_i w_ij); the bias stays.",
            example=lambda rng: call(*layer(rng), "relu", 0, 0),
            helpers=("divisor",),
        ),
        Task(
            name="contributions",
            title="Eq. (1) for all weights, without a loop",
            writes=("contributions",),
            points={
                "contributions_are_eq_1": 10,
                "a_zero_weight_contributes_nothing": 4,
                "what_stays_in_the_blind_range_contributes_nothing": 4,
                "scaling_the_weights_changes_no_contribution": 4,
                "the_signed_parts_of_a_linear_unit_sum_to_its_output": 4,
                "a_sigmoid_changes_by_at_most_exp_of_the_input": 4,
            },
            hint="x[:, :, None] * W has the shape (N, n_in, n_out).",
            example=lambda rng: call(*layer(rng), "relu"),
            helpers=("divisor",),
        ),
        Task(
            name="moments",
            title="The mean and the standard deviation over data",
            writes=("contribution_moments",),
            points={
                "moments_are_those_of_eq_1": 14,
                "the_order_of_examples_does_not_matter": 3,
                "renaming_the_inputs_renames_the_moments": 3,
                "the_parts_of_the_data_merge_to_the_whole": 5,
            },
            hint="sigma divides by the number of examples. Under silent='skip' an example with "
            "a = 0 counts neither in the sum nor in the number.",
            example=lambda rng: call(*layer(rng, n=3), "relu"),
        ),
        Task(
            name="products",
            title="The moments of a wide layer by matrix products",
            writes=("contribution_moments",),
            points={
                "f_is_evaluated_once_per_z": 13,
                "a_wide_layer_needs_no_tensor": 12,
            },
            hint="For a ReLU with z > 0, as long as z - x w > 0 as well, Eq. (1) is "
            "abs(x) abs(w) / z. Its sum over examples is abs(w) times an entry of "
            "abs(X)^T (1 / Z). Only the weights with x w > z need another look: there it is 1.",
        ),
    ),
)
