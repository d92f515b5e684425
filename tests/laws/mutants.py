"""Wrong implementations, each with the law that must catch it.

Every function here is a mistake somebody could make, or has made. `test_mutants.py` shows that
the laws bite: each mutant breaks the law it stands under, which the library keeps.
"""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy import stats

import minirelprune as mr
from minirelprune.contribution.definition import divisor

MUTANTS: dict[str, tuple[str, str, Any]] = {}


def breaks(law: str, replaces: str) -> Callable[[Any], Any]:
    """The decorated function, put in the place of `replaces`, must break `law`."""

    def register(mutant: Any) -> Any:
        MUTANTS[mutant.__name__] = (law, replaces, mutant)
        return mutant

    return register


def mutated(replaces: str, mutant: Any) -> SimpleNamespace:
    """The library with one public name replaced."""
    names = {name: getattr(mr, name) for name in mr.__all__}
    return SimpleNamespace(**{**names, replaces: mutant})


# Eq. (1)


def _eq_1(x: Any, W: Any, b: Any, f: Any, silent: str, bias: float = 1.0) -> tuple[Any, Any, Any]:
    z = x @ W + b * bias
    a, d = f(z)[:, None, :], x[:, :, None] * W
    return a, f(z[:, None, :] - d), divisor(a, silent)


@breaks("contributions_are_eq_1", "contributions")
def forgotten_abs(x, W, b, f, *, silent="zero"):
    a, a_without, size = _eq_1(x, W, b, f, silent)
    return (a - a_without) / size


@breaks("contributions_are_eq_1", "contributions")
def missing_bias(x, W, b, f, *, silent="zero"):
    a, a_without, size = _eq_1(x, W, b, f, silent, bias=0.0)
    return np.abs(a - a_without) / size


@breaks("contributions_are_eq_1", "contributions")
def bias_lost_with_the_weight(x, W, b, f, *, silent="zero"):
    a, _, size = _eq_1(x, W, b, f, silent)
    a_without = f((x @ W)[:, None, :] - x[:, :, None] * W)
    return np.abs(a - a_without) / size


@breaks("scaling_the_weights_changes_no_contribution", "contributions")
def absolute_instead_of_relative(x, W, b, f, *, silent="zero"):
    a, a_without, _ = _eq_1(x, W, b, f, silent)
    return np.abs(a - a_without)


@breaks("a_zero_weight_contributes_nothing", "contributions")
def relative_to_the_other_output(x, W, b, f, *, silent="zero"):
    a, a_without, _ = _eq_1(x, W, b, f, silent)
    return np.abs(1 - np.abs(a_without) / divisor(a, silent))


@breaks("the_signed_parts_of_a_linear_unit_sum_to_its_output", "contributions")
def weight_added_twice(x, W, b, f, *, silent="zero"):
    a, _, size = _eq_1(x, W, b, f, silent)
    a_without = f((x @ W + b)[:, None, :] - 2 * x[:, :, None] * W)
    return np.abs(a - a_without) / size


@breaks("a_sigmoid_changes_by_at_most_exp_of_the_input", "contributions")
def divided_twice(x, W, b, f, *, silent="zero"):
    a, a_without, size = _eq_1(x, W, b, f, silent)
    return np.abs(a - a_without) / size / size


@breaks("what_stays_in_the_blind_range_contributes_nothing", "contributions")
def contribution_of_z_instead_of_a(x, W, b, f, *, silent="zero"):
    a, a_without, size = _eq_1(x, W, b, lambda z: z, silent)
    return np.abs(a - a_without) / size


@breaks("one_weight_and_all_weights_agree", "contribution")
def rows_and_columns_swapped(x, W, b, f, i, j, *, silent="zero"):
    i, j = min(j, len(W) - 1), min(i, W.shape[1] - 1)
    return mr.contribution(x, W, b, f, i, j, silent=silent)


# Moments


@breaks("moments_are_those_of_eq_1", "contribution_moments")
def sample_std_with_ddof_1(x, W, b, f, *, silent="zero"):
    mean, std = mr.contribution_moments(x, W, b, f, silent=silent)
    return mean, std * np.sqrt(len(x) / max(1, len(x) - 1))


@breaks("moments_are_those_of_eq_1", "contribution_moments")
def silent_examples_counted_under_skip(x, W, b, f, *, silent="zero"):
    return mr.contribution_moments(x, W, b, f, silent="zero" if silent == "skip" else silent)


@breaks("moments_keep_their_digits_at_every_scale", "contribution_moments")
def a_difference_beside_1(x, W, b, f, *, z=None, silent="zero"):
    return mr.contribution_moments(x, W, b, f, z=z, silent=silent, engine="column")


@breaks("moments_keep_their_digits_at_every_scale", "contribution_moments")
def sigma_as_a_difference_of_sums(x, W, b, f, *, z=None, silent="zero"):
    mean, std = mr.contribution_moments(x, W, b, f, z=z, silent=silent)
    second = np.float32(mean) ** 2 + np.float32(std) ** 2
    return mean, np.sqrt(np.maximum(second - np.float32(mean) ** 2, 0))


@breaks("the_parts_of_the_data_merge_to_the_whole", "contribution_moments")
def chunk_means_averaged_without_their_sizes(x, W, b, f, *, silent="zero"):
    parts = [x[k : k + 3] for k in range(0, len(x), 3)]
    moments = [mr.contribution_moments(part, W, b, f, silent=silent) for part in parts]
    return tuple(np.mean([m[k] for m in moments], axis=0) for k in (0, 1))


@breaks("the_order_of_examples_does_not_matter", "contribution_moments")
def last_example_left_out(x, W, b, f, *, silent="zero"):
    return mr.contribution_moments(x[:-1] if len(x) > 1 else x, W, b, f, silent=silent)


@breaks("renaming_the_inputs_renames_the_moments", "contribution_moments")
def first_input_never_taken_out(x, W, b, f, *, silent="zero"):
    mean, std = mr.contribution_moments(x, W, b, f, silent=silent)
    mean = mean.copy()
    mean[0] = 0
    return mean, std


# Eq. (2)


@breaks("importance_is_eq_2", "importance")
def steadiness_without_its_inverse(
    mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0
):
    return layer_factor * (alpha * mean + beta * (epsilon + std))


@breaks("importance_is_linear_in_alpha_and_beta", "importance")
def the_larger_term_instead_of_the_sum(
    mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0
):
    return layer_factor * np.maximum(alpha * mean, beta / (epsilon + std))


@breaks("a_layer_factor_keeps_the_order_within_a_layer", "importance")
def layer_factor_on_one_term_only(
    mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0
):
    return layer_factor * alpha * mean + beta / (epsilon + std)


# The central limit theorem


@breaks("a_batch_is_n_neighbours", "batch_means")
def every_nth_example(values, n):
    together = values[: len(values) // n * n]
    return together.reshape(n, len(values) // n, *values.shape[1:]).mean(axis=0)


@breaks("a_batch_is_n_neighbours", "batch_means")
def left_over_examples_in_a_batch_of_their_own(values, n):
    return np.array([values[k : k + n].mean(axis=0) for k in range(0, len(values), n)])


@breaks("batches_of_batches_are_batches", "batch_means")
def overlapping_batches(values, n):
    return np.lib.stride_tricks.sliding_window_view(values, n, axis=0).mean(axis=-1)


def _each_row(values, batch_sizes, change):
    rows = mr.clt_check(values, batch_sizes)
    return [replace(row, **change(row, mr.batch_means(values, row.batch_size))) for row in rows]


def _distance_of(u, sides=(0, 1)):
    """The gap of the steps of F to Phi: from the right of each (0), from the left (1), or both."""
    below = stats.norm.cdf(np.sort(u, axis=0))
    ranks = np.arange(1, len(u) + 1).reshape(-1, *[1] * (u.ndim - 1)) / len(u)
    gaps = [ranks - below, below - ranks + 1 / len(u)]
    return np.max([gaps[side].max(axis=0) for side in sides], axis=0)


def _by(correct):
    """`clt_check` with the tests rejected in another way: p -> a mask."""

    def change(row, means):
        names = ("jarque_bera", "dagostino")
        tests = {name: getattr(row, name) for name in names}
        return {name: test._replace(rejected=correct(test.p)) for name, test in tests.items()}

    return change


@breaks("the_shape_is_that_of_the_batch_means", "clt_check")
def kurtosis_not_in_excess(values, batch_sizes):
    return _each_row(
        values, batch_sizes, lambda row, _: {"excess_kurtosis": row.excess_kurtosis + 3}
    )


@breaks("the_shape_is_that_of_the_batch_means", "clt_check")
def skewness_of_single_examples(values, batch_sizes):
    return _each_row(values, batch_sizes, lambda *_: {"skewness": stats.skew(values, axis=0)})


@breaks("the_tests_are_chi_square_with_two_degrees_of_freedom", "clt_check")
def batches_counted_as_examples(values, batch_sizes):
    def change(row, _):
        statistic = len(values) / 6 * (row.skewness**2 + row.excess_kurtosis**2 / 4)
        return {"jarque_bera": row.jarque_bera._replace(statistic=statistic)}

    return _each_row(values, batch_sizes, change)


@breaks("the_tests_are_chi_square_with_two_degrees_of_freedom", "clt_check")
def one_degree_of_freedom(values, batch_sizes):
    def change(row, _):
        return {"dagostino": row.dagostino._replace(p=stats.chi2.sf(row.dagostino.statistic, 1))}

    return _each_row(values, batch_sizes, change)


@breaks("the_distance_is_the_largest_gap_to_the_normal", "clt_check")
def gap_from_one_side(values, batch_sizes):
    def change(row, means):
        u = (means - values.mean(axis=0)) * np.sqrt(row.batch_size) / values.std(axis=0)
        return {"distance": _distance_of(u, sides=(0,))}

    return _each_row(values, batch_sizes, change)


@breaks("the_distance_is_the_largest_gap_to_the_normal", "clt_check")
def means_standardised_by_their_own_spread(values, batch_sizes):
    return _each_row(
        values, batch_sizes, lambda _, means: {"distance": _distance_of(stats.zscore(means))}
    )


@breaks("a_change_of_units_changes_nothing", "clt_check")
def distance_of_means_as_they_are(values, batch_sizes):
    return _each_row(values, batch_sizes, lambda _, means: {"distance": _distance_of(means)})


@breaks("the_bound_is_that_of_berry_and_esseen", "clt_check")
def rho_of_the_batch_means(values, batch_sizes):
    def change(row, means):
        rho = np.mean(np.abs(stats.zscore(means)) ** 3, axis=0)
        bound = 0.4748 * rho / np.sqrt(row.batch_size)
        return {"bound": np.where(np.isinf(row.bound), np.inf, bound)}

    return _each_row(values, batch_sizes, change)


@breaks("the_bound_is_that_of_berry_and_esseen", "clt_check")
def a_guarantee_for_everyone(values, batch_sizes):
    def change(row, _):
        rho = np.mean(np.abs(stats.zscore(values)) ** 3, axis=0)
        return {"bound": 0.4748 * rho / np.sqrt(row.batch_size)}

    return _each_row(values, batch_sizes, change)


@breaks("each_weight_is_judged_on_its_own_examples", "clt_check")
def all_weights_pooled(values, batch_sizes):
    """What scipy gives where `axis=None` is the default."""

    def change(row, means):
        pooled = stats.jarque_bera(means)
        statistic = np.full_like(row.jarque_bera.statistic, pooled.statistic)
        return {"jarque_bera": row.jarque_bera._replace(statistic=statistic)}

    return _each_row(values, batch_sizes, change)


@breaks("dead_weights_are_counted_not_tested", "clt_check")
def dead_weights_pass_every_test(values, batch_sizes):
    def correct(p):
        return stats.false_discovery_control(np.nan_to_num(p, nan=1.0), method="by") <= 0.05

    return _each_row(values, batch_sizes, _by(correct))


@breaks("dead_weights_are_counted_not_tested", "clt_check")
def dead_only_to_the_last_bit(values, batch_sizes):
    return _each_row(values, batch_sizes, lambda _, means: {"constant": np.ptp(means, axis=0) == 0})


@breaks("rejections_are_those_of_benjamini_and_yekutieli", "clt_check")
def weights_taken_as_independent(values, batch_sizes):
    return _each_row(
        values, batch_sizes, _by(lambda p: stats.false_discovery_control(p, method="bh") <= 0.05)
    )


@breaks("rejections_are_those_of_benjamini_and_yekutieli", "clt_check")
def every_p_below_5_percent_rejected(values, batch_sizes):
    return _each_row(values, batch_sizes, _by(lambda p: p <= 0.05))


def _hill(size, k, skip=1):
    largest = np.sort(size, axis=0)[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = 1 / np.log(largest[:k] / largest[k - 1 + skip]).mean(axis=0)
    estimate = np.where(largest[k - 1 + skip] > 0, estimate, np.nan)
    return mr.TailIndex(estimate, estimate / np.sqrt(k))


@breaks("the_tail_index_is_hills", "tail_index")
def threshold_among_the_largest(values, k):
    return _hill(np.abs(values), k, skip=0)


@breaks("the_tail_index_is_hills", "tail_index")
def right_tail_only(values, k):
    return _hill(np.maximum(values, 0), k)


@breaks("a_power_of_the_values_divides_the_tail_index", "tail_index")
def logs_without_their_threshold(values, k):
    with np.errstate(divide="ignore"):
        estimate = 1 / np.log(np.sort(np.abs(values), axis=0)[-k:]).mean(axis=0)
    return mr.TailIndex(estimate, estimate / np.sqrt(k))


# Criteria


class _Scorer:
    def __init__(self, alpha=1.0, beta=1e-7, epsilon=1e-5):
        self.inner = mr.RelativeContribution(alpha=alpha, beta=beta, epsilon=epsilon)

    def scores(self, net, x, *, rng, masks):
        return self.inner.scores(net, x, rng=rng, masks=masks)


@breaks("magnitude_is_the_absolute_weight", "Magnitude")
class MagnitudeWithSign(_Scorer):
    def scores(self, net, x, *, rng, masks):
        return [W.copy() for W in net.weights]


@breaks("wanda_is_the_rms_change_of_a_linear_unit", "Wanda")
class WandaWithAMeanBeforeTheMagnitude(_Scorer):
    def scores(self, net, x, *, rng, masks):
        norms = [np.abs(layer.x.mean(axis=0)) for layer in net.forward(x)]
        return [np.abs(W) * n[:, None] for W, n in zip(net.weights, norms, strict=True)]


@breaks("wanda_is_the_rms_change_of_a_linear_unit", "Wanda")
class WandaWithTheWrongAxis(_Scorer):
    def scores(self, net, x, *, rng, masks):
        norms = [np.linalg.norm(layer.x, axis=1).mean() for layer in net.forward(x)]
        return [np.abs(W) * n for W, n in zip(net.weights, norms, strict=True)]


@breaks(
    "the_score_of_relative_contribution_is_eq_2_with_a_factor_2_to_the_layer",
    "RelativeContribution",
)
class LayersCountedFromOne(_Scorer):
    def scores(self, net, x, *, rng, masks):
        return [2 * score for score in super().scores(net, x, rng=rng, masks=masks)]


@breaks("scores_do_not_depend_on_the_order_of_examples", "Wanda")
class FirstExamplesOnly(_Scorer):
    def scores(self, net, x, *, rng, masks):
        return mr.Wanda().scores(net, x[:2], rng=rng, masks=masks)


@breaks("renaming_the_inputs_renames_the_scores", "Magnitude")
class ScoresByPosition(_Scorer):
    def scores(self, net, x, *, rng, masks):
        return [np.abs(W) + np.arange(len(W))[:, None] for W in net.weights]


@breaks("lamp_is_a_share_of_what_is_at_least_as_large", "Lamp")
class LampOfAllTheLayer(_Scorer):
    def scores(self, net, x, *, rng, masks):
        return [np.square(W) / np.square(W).sum() for W in net.weights]


@breaks("lamp_is_a_share_of_what_is_at_least_as_large", "Lamp")
class LampWithoutSquares(_Scorer):
    def scores(self, net, x, *, rng, masks):
        sizes = [np.abs(W) for W in net.weights]
        return [
            s / np.array([s[s >= one].sum() for one in s.ravel()]).reshape(s.shape) for s in sizes
        ]


# Smaller networks


@breaks("a_sparse_network_computes_the_same", "export_sparse")
def the_masks_forgotten(net, masks):
    return mr.export_sparse(net, [np.ones_like(mask) for mask in masks])


@breaks("a_sparse_network_computes_the_same", "export_sparse")
def the_biases_forgotten(net, masks):
    sparse = mr.export_sparse(net, masks)
    return mr.SparseMLP(sparse.weights, [0 * b for b in sparse.biases], sparse.activations)


@breaks("a_compact_network_computes_the_same", "compact")
def units_without_inputs_dropped_with_their_bias(net, masks):
    copy = net.copy()
    for l, mask in enumerate(masks[:-1]):
        dead = ~mask.any(axis=0)
        copy.biases[l][dead] = 0
    return mr.compact(copy, masks)


# Alg. 1


@breaks("exactly_count_more_weights_are_pruned", "prune_masks")
def below_a_threshold(scores, masks, *, count, scope="global"):
    """`<` where the paper prints it: of equal scores none falls below the percentile."""
    alive = np.sort(np.concatenate([s[m] for s, m in zip(scores, masks, strict=True)]))
    threshold = alive[count] if count < len(alive) else np.inf
    return [m & (s >= threshold) for s, m in zip(scores, masks, strict=True)]


@breaks("exactly_count_more_weights_are_pruned", "prune_masks")
def percentile_over_all_weights(scores, masks, *, count, scope="global"):
    """Alg. 1 as printed: pruned weights tie at the bottom, and nothing new falls below."""
    everything = [np.where(m, s, -np.inf) for s, m in zip(scores, masks, strict=True)]
    new = mr.prune_masks(everything, [np.ones_like(m) for m in masks], count=count, scope=scope)
    return [m & n for m, n in zip(masks, new, strict=True)]


@breaks("masks_only_shrink", "prune_masks")
def pruned_weights_come_back(scores, masks, *, count, scope="global"):
    zeros = sum(int((~m).sum()) for m in masks)
    return mr.prune_masks(scores, [np.ones_like(m) for m in masks], count=zeros + count)


@breaks("the_lowest_scores_go_first_and_ties_by_position", "prune_masks")
def highest_scores_go_first(scores, masks, *, count, scope="global"):
    return mr.prune_masks([-s for s in scores], masks, count=count, scope=scope)


@breaks("the_lowest_scores_go_first_and_ties_by_position", "prune_masks")
def ties_from_the_end(scores, masks, *, count, scope="global"):
    flipped = mr.prune_masks(
        [s[::-1, ::-1] for s in scores[::-1]], [m[::-1, ::-1] for m in masks[::-1]], count=count
    )
    return [m[::-1, ::-1] for m in flipped[::-1]]


@breaks("a_scope_takes_the_same_share_of_every_group", "prune_masks")
def scope_ignored(scores, masks, *, count, scope="global"):
    return mr.prune_masks(scores, masks, count=count, scope="global")


@breaks("the_schedule_has_as_many_rounds_as_the_division_says", "schedule")
def subtracting_floats(n_weights, *, target, per_round):
    """Alg. 1 as printed: 0.5 - 0.05 - 0.05 ... leaves 2e-17, and an eleventh round."""
    counts, left = [], target
    while left > 0:
        left = 0 if left <= per_round else left - per_round
        counts.append(round((target - left) * n_weights))
    return counts


@breaks("the_schedule_ends_exactly_at_the_target", "schedule")
def whole_rounds_only(n_weights, *, target, per_round):
    rounds = -(-round(target * 100) // round(per_round * 100))
    return [round(k * per_round * n_weights) for k in range(1, rounds + 1)]


@breaks("the_network_handed_in_is_never_changed", "prune")
def pruning_in_place(net, x, y, **settings):
    result = mr.prune(net, x, y, **settings)
    for W, W_pruned in zip(net.weights, result.net.weights, strict=True):
        W[:] = W_pruned
    return result


@breaks("survivors_keep_their_bits_until_fine_tuning", "prune")
def survivors_rescaled(net, x, y, **settings):
    result = mr.prune(net, x, y, **settings)
    for W, mask in zip(result.net.weights, result.masks, strict=True):
        W /= max(mask.mean(), 0.01)
    return result


@breaks("a_longer_run_prunes_a_superset_of_a_shorter_one", "prune")
def masks_off_by_one_each_round(net, x, y, **settings):
    result = mr.prune(net, x, y, **settings)
    return replace(result, masks=[np.roll(m, len(result.rounds)) for m in result.masks])


@breaks("pruning_ends_exactly_at_the_target", "prune")
def masks_without_their_zeros(net, x, y, **settings):
    result = mr.prune(net, x, y, **settings)
    for W, mask in zip(result.net.weights, result.masks, strict=True):
        W[~mask] = 1e-9
    return result


# The network and its training


@breaks("momentum_never_revives_a_pruned_weight", "train")
def masks_applied_once(net, x, y, training, *, masks=None, **settings):
    for W, mask in zip(net.weights, masks or [], strict=False):
        W *= mask
    return mr.train(net, x, y, training, **settings)


@breaks("the_same_seed_trains_the_same_bits", "train")
def hidden_randomness(net, x, y, training, *, rng, **settings):
    return mr.train(net, x, y, training, rng=np.random.default_rng(), **settings)


@breaks("the_gradient_is_the_slope_of_the_loss", "backward")
def no_derivative_of_f(net, layers, delta, *, output_l1=0.0):
    gradients = []
    for l in reversed(range(len(net.weights))):
        gradients[:0] = [layers[l].x.T @ delta, delta.sum(axis=0)]
        delta = delta @ net.weights[l].T
    return gradients


@breaks("the_gradient_is_the_slope_of_the_loss", "backward")
def output_l1_left_out_of_the_gradient(net, layers, delta, *, output_l1=0.0):
    return mr.backward(net, layers, delta)


@breaks("the_gradient_is_the_slope_of_the_loss", "backward")
def bias_gradient_averaged_twice(net, layers, delta, *, output_l1=0.0):
    gradients = mr.backward(net, layers, delta, output_l1=output_l1)
    return [g / len(delta) if g.ndim == 1 else g for g in gradients]


@breaks("delta_is_the_slope_of_the_loss", "softmax_cross_entropy")
def summed_over_the_batch(logits, labels):
    loss, delta = mr.softmax_cross_entropy(logits, labels)
    return loss, delta * len(labels)


@breaks("the_loss_is_the_mean_negative_log_likelihood", "softmax_cross_entropy")
def unstable_softmax(logits, labels):
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        rows = np.arange(len(labels))
        loss = -np.log(p[rows, labels]).mean()
    return loss, (p - np.eye(logits.shape[1])[labels]) / len(labels)


@breaks("the_gradient_of_softmax_sums_to_0_over_classes", "softmax_cross_entropy")
def softmax_over_the_batch(logits, labels):
    loss, _ = mr.softmax_cross_entropy(logits, labels)
    p = np.exp(logits - logits.max(axis=0))
    p /= p.sum(axis=0)
    return loss, (p - np.eye(logits.shape[1])[labels]) / len(labels)


@breaks("adding_a_constant_to_all_logits_changes_nothing", "softmax_cross_entropy")
def one_class_too_many(logits, labels):
    loss, delta = mr.softmax_cross_entropy(np.pad(logits, ((0, 0), (0, 1))), labels)
    return loss, delta[:, :-1]


@breaks("the_forward_pass_is_f_of_x_w_plus_b", "MLP")
class ActivationOnTheLastLayer(mr.MLP):
    @property
    def activations(self):
        return [mr.ACTIVATIONS[self.activation]] * len(self.weights)

    def forward(self, x):
        *layers, last = super().forward(x)
        return [*layers, last._replace(z=self.activations[-1](last.z))]


# Adam


class _WrongAdam:
    def __init__(self, params, *, learning_rate=1e-3, betas=(0.9, 0.999), epsilon=1e-8):
        self.params, self.rate, self.betas, self.epsilon = params, learning_rate, betas, epsilon
        self.m, self.v, self.t = [0 * p for p in params], [0 * p for p in params], 0

    def step(self, gradients):
        self.t += 1
        (beta1, beta2), t = self.betas, self.t
        for p, g, m, v in zip(self.params, gradients, self.m, self.v, strict=True):
            m += (1 - beta1) * (g - m)
            v += (1 - beta2) * (g * g - v)
            p -= self.rate * self.move(m, v, 1 - beta1**t, 1 - beta2**t)


@breaks("the_first_step_is_the_sign_of_the_gradient", "Adam")
class AdamWithoutBiasCorrection(_WrongAdam):
    def move(self, m, v, c1, c2):
        return m / (np.sqrt(v) + self.epsilon)


@breaks("adam_is_the_algorithm_of_the_paper", "Adam")
class AdamWithEpsilonUnderTheRoot(_WrongAdam):
    def move(self, m, v, c1, c2):
        return m / c1 / np.sqrt(v / c2 + self.epsilon)


@breaks("adam_is_the_algorithm_of_the_paper", "Adam")
class AdamWithEpsilonBeforeTheCorrection(_WrongAdam):
    def move(self, m, v, c1, c2):
        return m / c1 / ((np.sqrt(v) + self.epsilon) / np.sqrt(c2))


@breaks("the_fast_step_has_the_bits_of_the_readable_one", "Adam")
class AdamInAnotherOrder(_WrongAdam):
    def move(self, m, v, c1, c2):
        return m / (c1 * (np.sqrt(v / c2) + self.epsilon))


# Entropy and mutual information


@breaks("entropy_is_minus_the_sum_of_p_ln_p", "entropy")
def entropy_in_bits(p):
    return mr.entropy(p) / np.log(2)


@breaks("entropy_is_minus_the_sum_of_p_ln_p", "entropy")
def zero_times_ln_zero_is_nan(p):
    with np.errstate(divide="ignore", invalid="ignore"):
        return -(p * np.log(p)).sum()


def _conditional(x, y, **settings):
    """H(X given Y), with a bin for each value."""
    return mr.mutual_information(x, x, **settings) - mr.mutual_information(x, y, **settings)


def _by_position(x, bins):
    """Rank bins that cut through equal values, by their places in the array."""
    return np.argsort(np.argsort(x, kind="stable")) * bins // len(x)


@breaks("mutual_information_is_that_of_the_counted_pairs", "mutual_information")
def information_in_bits(x, y, **settings):
    return mr.mutual_information(x, y, **settings) / np.log(2)


@breaks("what_x_tells_of_itself_is_its_entropy", "mutual_information")
def conditional_entropy_instead_of_information(x, y, **settings):
    return _conditional(x, y, **settings)


@breaks("x_tells_as_much_of_y_as_y_of_x", "mutual_information")
def the_wrong_entropy_in_eq_5(x, y, *, bins, **settings):
    y_bins, x_bins = (bins, bins) if isinstance(bins, int) else bins
    h_y = mr.mutual_information(y, y, bins=y_bins)
    h_x = mr.mutual_information(x, x, bins=x_bins)
    return h_y - h_x + mr.mutual_information(x, y, bins=bins, **settings)


@breaks("x_tells_as_much_of_y_as_y_of_x", "mutual_information")
def bins_of_x_for_both(x, y, *, bins, **settings):
    bins = bins if isinstance(bins, int) else bins[0]
    return mr.mutual_information(x, y, bins=bins, **settings)


@breaks("shuffling_the_pairs_tells_no_more_and_no_less", "mutual_information")
def equal_values_in_different_bins(x, y, *, bins, binning="equal_mass"):
    return mr.mutual_information(_by_position(x, bins), _by_position(y, bins), bins=len(x))


@breaks("a_constant_tells_nothing", "mutual_information")
def a_constant_cut_into_bins(x, y, *, bins, binning="equal_mass"):
    return mr.mutual_information(_by_position(x, bins), _by_position(y, bins), bins=len(x))


@breaks("merging_bins_never_raises_it", "mutual_information")
def always_corrected(x, y, **settings):
    return mr.mutual_information(x, y, **{**settings, "correction": "miller_madow"})


@breaks("no_increasing_function_changes_what_ranks_tell", "mutual_information")
def equal_width_whatever_is_asked(x, y, *, bins, binning="equal_mass"):
    return mr.mutual_information(x, y, bins=bins, binning="equal_width")


@breaks("independent_values_tell_nothing", "mutual_information")
def the_last_pair_left_out(x, y, **settings):
    return mr.mutual_information(x[:-1], y[:-1], **settings) if len(x) > 1 else 0.0


@breaks("miller_madow_counts_what_is_occupied", "mutual_information")
def empty_cells_corrected_for_too(x, y, *, bins, binning="equal_mass", correction=None):
    plug_in = mr.mutual_information(x, y, bins=bins, binning=binning)
    cells = (len(np.unique(x)) - 1) * (len(np.unique(y)) - 1)
    return plug_in - (cells / (2 * len(x)) if correction else 0)


@breaks("miller_madow_counts_what_is_occupied", "mutual_information")
def corrected_and_cut_off_at_0(x, y, **settings):
    return max(0, mr.mutual_information(x, y, **settings))


@breaks("different_values_are_shared_out_evenly", "mutual_information")
def one_bin_too_many(x, y, *, bins, **settings):
    return mr.mutual_information(x, y, bins=bins + 1, **settings)


@breaks("an_atom_has_a_bin_of_its_own", "mutual_information")
def quantiles_without_regard_to_atoms(x, y, *, bins, **settings):
    edges = np.quantile(x, np.arange(1, bins) / bins)
    return mr.mutual_information(np.searchsorted(edges, x, side="left"), y, bins=len(x))


# The mutual information of a weight


@breaks("a_weight_that_does_not_vary_tells_nothing", "weight_information")
def the_reading_ignored(x, W, b, f, *, bins, reading="mask"):
    return mr.weight_information(x, W, b, f, bins=bins)


@breaks("the_mask_reading_is_the_jensen_shannon_divergence", "weight_information")
def no_bias_in_z(x, W, b, f, *, bins, reading="mask"):
    return mr.weight_information(x, W, 0 * b, f, bins=bins, reading=reading)


def _histograms(x, W, b, f, bins):
    """Frequencies with and without each weight, in bins that the outputs with it do not leave."""
    for i, j in np.ndindex(W.shape):
        a = f(x @ W + b)[:, j]
        a_without = f((x @ W + b)[:, j] - x[:, i] * W[i, j])
        edges = np.linspace(a.min(), a.max() + 1e-9, bins + 1)
        both = [np.histogram(np.clip(v, edges[0], edges[-1]), edges)[0] for v in (a, a_without)]
        yield (i, j), *(counts / len(x) for counts in both)


@breaks("a_uniform_output_shifted_by_delta_tells_delta_ln_2", "weight_information")
def what_leaves_the_range_put_into_the_last_bin(x, W, b, f, *, bins, reading="mask"):
    information = np.zeros(W.shape)
    for k, p, q in _histograms(x, W, b, f, bins):
        information[k] = mr.entropy((p + q) / 2) - mr.entropy(p) / 2 - mr.entropy(q) / 2
    return information


@breaks("a_uniform_output_scaled_by_c_tells_what_the_formula_says", "weight_information")
def kullback_leibler_instead_of_jensen_shannon(x, W, b, f, *, bins, reading="mask"):
    information = np.zeros(W.shape)
    for k, p, q in _histograms(x, W, b, f, bins):
        seen = q > 0
        information[k] = (q[seen] * np.log(q[seen] / np.maximum(p[seen], 1e-9))).sum()
    return information


@breaks("the_mask_shows_unless_the_output_stays", "weight_information")
def the_blind_range_forgotten(x, W, b, f, *, bins, reading="mask"):
    return mr.weight_information(x, W, b, mr.ACTIVATIONS["identity"], bins=bins, reading=reading)


@breaks("the_mask_shows_unless_the_output_stays", "weight_information")
def where_the_input_is_not_0(x, W, b, f, *, bins, reading="mask"):
    return np.log(2) * ((x[:, :, None] != 0) & (W != 0)).mean(axis=0)


@breaks("knowing_the_input_never_tells_less", "weight_information")
def nats_divided_by_ln_2(x, W, b, f, *, bins, reading="mask"):
    return mr.weight_information(x, W, b, f, bins=bins, reading=reading) / np.log(2)


@breaks("knowing_the_input_never_tells_less", "weight_information")
def each_histogram_of_other_examples(x, W, b, f, *, bins, reading="mask"):
    """The coin of an example is thrown once, so that x is no longer the same on both sides."""
    information = np.zeros(W.shape)
    if reading != "mask":
        return mr.weight_information(x, W, b, f, bins=bins, reading=reading)
    kept = np.arange(len(x)) % 2 == 0
    for i, j in np.ndindex(W.shape):
        z = (x @ W + b)[:, j]
        a = np.where(kept, f(z), f(z - x[:, i] * W[i, j]))
        information[i, j] = mr.mutual_information(a, kept, bins=len(x))
    return information


@breaks("the_contribution_reading_is_that_of_a_and_x_w", "weight_information")
def the_sign_of_the_weight_forgotten(x, W, b, f, *, bins, reading="mask"):
    return mr.weight_information(np.abs(x), np.abs(W), b, f, bins=bins, reading=reading)


@breaks("a_zero_weight_tells_nothing", "weight_information")
def the_input_instead_of_its_contribution(x, W, b, f, *, bins, reading="mask"):
    a = f(x @ W + b)
    information = np.zeros(W.shape)
    for i, j in np.ndindex(W.shape):
        information[i, j] = mr.mutual_information(a[:, j], x[:, i], bins=bins)
    return information


@breaks("shuffling_the_examples_changes_no_information", "weight_information")
def the_first_examples_only(x, W, b, f, *, bins, reading="mask"):
    return mr.weight_information(x[:2], W, b, f, bins=bins, reading=reading)


@breaks("the_criterion_scores_by_it_layer_by_layer", "MutualInformation")
class BiasesLeftOutOfTheScores:
    def __init__(self, reading="mask", bins=20):
        self.settings = {"reading": reading, "bins": bins}

    def scores(self, net, x, *, rng, masks):
        layers = zip(net.inputs(x), net.weights, net.biases, net.activations, strict=True)
        return [mr.weight_information(a, W, 0 * b, f, **self.settings) for a, W, b, f in layers]


# Activations


@breaks("the_derivative_is_the_slope", "ACTIVATIONS")
class SigmoidSlopeOfTheOutput(dict):
    """The slope of the sigmoid is s (1 - s) of s = f(z), not z (1 - z)."""

    def __getitem__(self, name):
        f = mr.ACTIVATIONS[name]
        if name != "sigmoid":
            return f
        return mr.Activation(name, f.f, lambda z: z * (1 - z), f.blind)


@breaks("the_blind_range_is_where_f_is_flat", "ACTIVATIONS")
class BlindRangeOfTheOutput(dict):
    """Leaky ReLU counted as blind below 0, as if its slope there were 0."""

    def __getitem__(self, name):
        f = mr.ACTIVATIONS[name]
        blind = mr.ACTIVATIONS["relu"].blind if name == "leaky_relu" else f.blind
        return mr.Activation(name, f.f, f.slope, blind)


@breaks("at_an_edge_of_the_blind_range_the_slope_is_the_tolerance", "ACTIVATIONS")
class BlindRangeFromAGrid(dict):
    """The edges looked up on a grid of z in steps of 0.01, as one reads them off a plot."""

    def __getitem__(self, name):
        f = mr.ACTIVATIONS[name]
        ranges = lambda tolerance: [  # noqa: E731
            (round(low, 2), round(high, 2)) for low, high in f.blind(tolerance)
        ]
        return mr.Activation(name, f.f, f.slope, ranges)


for _name in ("SigmoidSlopeOfTheOutput", "BlindRangeOfTheOutput", "BlindRangeFromAGrid"):
    _law, _replaces, _class = MUTANTS[_name]
    MUTANTS[_name] = (_law, _replaces, _class(mr.ACTIVATIONS))


# The blind range on data


@breaks("the_blind_share_is_the_share_of_flat_pairs", "blind_share")
def blind_at_the_output(net, x, tolerance=0.0):
    """Whether a = f(z), and not z, lies where f is flat."""
    layers = net.forward(x)
    return [
        float(np.mean(np.abs(f.derivative(f(layer.z))) <= tolerance))
        for f, layer in zip(net.activations[:-1], layers, strict=False)
    ]


@breaks("the_blind_share_is_the_share_of_flat_pairs", "blind_share")
def units_that_are_always_blind(net, x, tolerance=0.0):
    """The share of dead units, instead of the share of pairs."""
    layers = net.forward(x)
    return [
        float(np.mean((np.abs(f.derivative(layer.z)) <= tolerance).all(axis=0)))
        for f, layer in zip(net.activations[:-1], layers, strict=False)
    ]


@breaks("without_tolerance_relu_is_blind_where_it_is_silent", "blind_share")
def no_slope_is_ever_exactly_0(net, x, tolerance=0.0):
    return mr.blind_share(net, x, tolerance) if tolerance else [0.0] * (len(net.weights) - 1)


@breaks("an_f_that_is_flat_nowhere_is_never_blind", "blind_share")
def silent_below_0_whatever_f_is(net, x, tolerance=0.0):
    return [float(np.mean(layer.z <= 0)) for layer in net.forward(x)[:-1]]


@breaks("the_blind_share_grows_with_the_tolerance", "blind_share")
def the_share_that_sees(net, x, tolerance=0.0):
    return [1 - share for share in mr.blind_share(net, x, tolerance)]
