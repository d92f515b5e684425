"""Homework 5: Algorithm 1, and a measured comparison of two criteria."""

import numpy as np

from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.draws import call, quarters

HW5 = Assignment(
    name="hw5",
    title="Iterative pruning",
    hours="6 to 8",
    about="You write the schedule, the masks, two criteria and the loop of Algorithm 1, and "
    "measure on handwritten digits drawn by code what a criterion is worth.",
    given=("network.training", "pruning.pruned", "pruning.scoring"),
    tasks=(
        Task(
            name="schedule",
            title="How many weights are zero after each round",
            writes=("schedule",),
            points={
                "the_schedule_ends_exactly_at_the_target": 8,
                "the_schedule_has_as_many_rounds_as_the_division_says": 7,
            },
            hint="0.5 by 0.05 is ten rounds: math.ceil(target / per_round - 1e-9). "
            "Count weights, and do not subtract fractions.",
            example=lambda rng: call(
                int(rng.integers(50, 100)), target=0.5, per_round=float(rng.integers(12, 20)) / 100
            ),
        ),
        Task(
            name="masks",
            title="From scores and a count to masks",
            writes=("prune_masks",),
            points={
                "exactly_count_more_weights_are_pruned": 7,
                "masks_only_shrink": 6,
                "the_lowest_scores_go_first_and_ties_by_position": 7,
                "a_scope_takes_the_same_share_of_every_group": 5,
            },
            hint="Rank the survivors only. np.argsort(..., kind='stable') keeps ties in order.",
            example=lambda rng: call([quarters(rng, 2, 2)], [np.ones((2, 2), np.bool_)], count=1),
        ),
        Task(
            name="criteria",
            title="Magnitude and Wanda",
            writes=("Magnitude", "Wanda"),
            points={
                "magnitude_is_the_absolute_weight": 5,
                "wanda_is_the_rms_change_of_a_linear_unit": 9,
                "scores_do_not_depend_on_the_order_of_examples": 3,
                "renaming_the_inputs_renames_the_scores": 3,
            },
            hint="Wanda's score is abs(w_ij) times the L2 norm of input i over the examples; "
            "net.forward(x) has the input of each layer.",
        ),
        Task(
            name="prune",
            title="Algorithm 1",
            writes=("prune",),
            points={
                "pruning_ends_exactly_at_the_target": 10,
                "survivors_keep_their_bits_until_fine_tuning": 6,
                "the_network_handed_in_is_never_changed": 6,
                "a_longer_run_prunes_a_superset_of_a_shorter_one": 6,
            },
            hint="Work on net.copy(). In each round: score, take out, fine-tune with `train` and "
            "masks. `record` and `Pruned` hold what is given back.",
        ),
        Task(
            name="comparison",
            title="Wanda against random pruning, measured on synthetic digits",
            writes=("prune", "Wanda"),
            points={"wanda_keeps_more_accuracy_than_random_scores": 12},
            hint="Nothing new to write: Algorithm 1 and Wanda together must be worth something.",
        ),
    ),
)
