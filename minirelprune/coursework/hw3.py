"""Homework 3: importance, and whether the central limit theorem holds."""

from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.draws import call, quarters

HW3 = Assignment(
    name="hw3",
    title="Importance and the central limit theorem",
    hours="5 to 7",
    about="You write Eq. (2), the means over batches, the checks of how normal they are, and an "
    "estimate of how heavy a tail is.",
    given=("theory.clt_row",),
    tasks=(
        Task(
            name="importance",
            title="Eq. (2)",
            writes=("importance",),
            points={
                "importance_is_eq_2": 10,
                "importance_is_linear_in_alpha_and_beta": 5,
                "a_layer_factor_keeps_the_order_within_a_layer": 5,
            },
            hint="The layer factor multiplies both terms.",
            example=lambda rng: call(
                quarters(rng, 2, 2, low=0), quarters(rng, 2, 2, low=0), beta=0.5, epsilon=0.25
            ),
        ),
        Task(
            name="batches",
            title="Means over batches of neighbours",
            writes=("batch_means",),
            points={"a_batch_is_n_neighbours": 10, "batches_of_batches_are_batches": 5},
            hint="Drop what is left over, then reshape to (batches, n, ...).",
            example=lambda rng: call(quarters(rng, 7), 2),
        ),
        Task(
            name="shape",
            title="Skewness, kurtosis and two tests of normality",
            writes=("clt_check",),
            points={
                "the_shape_is_that_of_the_batch_means": 8,
                "the_tests_are_chi_square_with_two_degrees_of_freedom": 6,
                "a_change_of_units_changes_nothing": 3,
                "each_weight_is_judged_on_its_own_examples": 3,
            },
            hint="scipy.stats has skew, kurtosis, jarque_bera, normaltest and "
            "false_discovery_control; give all but the last axis=0. A weight whose means do not "
            "vary, but for rounding, is not tested.",
        ),
        Task(
            name="distance",
            title="The distance to the normal, its bound, and who is rejected",
            writes=("clt_check",),
            points={
                "the_distance_is_the_largest_gap_to_the_normal": 7,
                "the_bound_is_that_of_berry_and_esseen": 7,
                "dead_weights_are_counted_not_tested": 5,
                "rejections_are_those_of_benjamini_and_yekutieli": 6,
            },
            hint="F jumps at each mean: the gap is looked at on both sides of the jump. The means "
            "are standardised by the mean and sigma of single examples, over sqrt(n).",
        ),
        Task(
            name="tails",
            title="Hill's estimate of the tail index",
            writes=("tail_index",),
            points={
                "the_tail_index_is_hills": 12,
                "a_power_of_the_values_divides_the_tail_index": 8,
            },
            hint="Sort the absolute values; the threshold is the (k + 1)-th largest.",
            example=lambda rng: call(quarters(rng, 6, low=1), 3),
            helpers=("TailIndex",),
        ),
    ),
)
