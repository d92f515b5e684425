"""Homework 1: a network that learns, without autograd."""

from minirelprune.coursework.assignment import Assignment, Functions, Task
from minirelprune.coursework.draws import call, quarters
from minirelprune.network.activations import ACTIVATIONS, Activation

ACTIVATION_NAMES = ("relu", "leaky_relu", "sigmoid", "tanh")  # those of section 4


def table(functions: Functions) -> Functions:
    """The table of activations that the laws ask for, with the blind ranges of the library."""
    made = {
        name: Activation(name, functions[name], functions[f"{name}_slope"], ACTIVATIONS[name].blind)
        for name in ACTIVATION_NAMES
    }
    return {"ACTIVATIONS": made}


HW1 = Assignment(
    name="hw1",
    title="Backpropagation and Adam",
    hours="4 to 6",
    about="You write what a network needs to learn: the activations, the loss, the gradients by "
    "hand, and the optimiser.",
    tasks=(
        Task(
            name="activations",
            title="The activations of section 4 and their slopes",
            writes=tuple(f"{name}{end}" for name in ACTIVATION_NAMES for end in ("", "_slope")),
            points={
                "an_activation_is_its_formula": 8,
                "the_derivative_is_the_slope": 8,
                "the_blind_range_is_where_f_is_flat": 4,
            },
            hint="exp(-abs(z)) cannot overflow; write the sigmoid with it on both sides of 0.",
            example=lambda rng: call(quarters(rng, 4)),
            helpers=("LEAK",),
            adapt=table,
        ),
        Task(
            name="loss",
            title="Softmax cross-entropy and its gradient",
            writes=("softmax_cross_entropy",),
            points={
                "the_loss_is_the_mean_negative_log_likelihood": 8,
                "delta_is_the_slope_of_the_loss": 8,
                "the_gradient_of_softmax_sums_to_0_over_classes": 4,
                "adding_a_constant_to_all_logits_changes_nothing": 5,
            },
            hint="Take the largest logit of each row off before exp; softmax does not change.",
            example=lambda rng: call(quarters(rng, 2, 3), rng.integers(0, 3, 2)),
        ),
        Task(
            name="backward",
            title="The gradients of a network, by the chain rule",
            writes=("backward",),
            points={"the_gradient_is_the_slope_of_the_loss": 30},
            hint="From the last layer to the first: dL/dW = x^T delta, dL/dx = delta W^T, and "
            "dL/dz of the layer below is dL/dx times f'(z). `net` has weights, biases and "
            "activations, one per layer; net.activations[l].derivative(z) is f'(z).",
        ),
        Task(
            name="adam",
            title="Adam, in place",
            writes=("Adam",),
            points={
                "the_first_step_is_the_sign_of_the_gradient": 10,
                "adam_is_the_algorithm_of_the_paper": 15,
            },
            hint="epsilon is added to sqrt(v_hat), outside the root and after the correction of "
            "the bias. The arrays are changed in place: p -= ..., not p = p - ...",
            omits=("move", "_update"),
        ),
    ),
)
