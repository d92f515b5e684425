"""Homework 6: a criterion of one's own."""

from minirelprune.coursework.assignment import Assignment, Task

HW6 = Assignment(
    name="hw6",
    title="A criterion of your own",
    hours="about 12",
    about="An open project: you write a criterion, and it competes with Eq. (2), magnitude and "
    "Wanda on handwritten digits drawn by code. The leaderboard shows the area under the curve of "
    "accuracy against sparsity.",
    given=("pruning.criteria",),
    tasks=(
        Task(
            name="criterion",
            title="One finite score per weight",
            writes=("MyCriterion",),
            points={
                "every_weight_has_a_finite_score": 25,
                "the_same_generator_gives_the_same_scores": 20,
                "scoring_changes_nothing": 15,
            },
            hint="Start with the magnitude: [np.abs(W) for W in net.weights].",
        ),
        Task(
            name="contest",
            title="A curve of accuracy against sparsity",
            writes=("MyCriterion",),
            points={
                "it_keeps_more_accuracy_than_random_scores": 25,
                "it_is_as_good_as_one_of_the_three": 15,
            },
            hint="All layers are ranked together: compare the sizes of the scores between layers.",
        ),
    ),
)
