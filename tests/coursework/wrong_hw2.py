"""Homework 2 as students get it wrong: contributions and their moments."""

import numpy as np
from coursework.wrong import breaks

import minirelprune as mr

ONE, ALL = "one_weight_and_all_weights_agree", "contributions_are_eq_1"
MOMENTS = "moments_are_those_of_eq_1"


def _of_one(x, W, b, f, i, j, silent):
    z = x @ W[:, j] + b[j]
    return z, x[:, i] * W[i, j], mr.contribution(x, W, b, f, i, j, silent=silent)


@breaks(ONE, "contribution")
def bias_goes_with_the_weight(x, W, b, f, i, j, *, silent="zero"):
    z, d, _ = _of_one(x, W, b, f, i, j, silent)
    a = f(z)
    with np.errstate(all="ignore"):
        return np.where(a == 0, 0, np.abs((a - f(z - d - b[j])) / a))


@breaks(ONE, "contribution")
def sign_kept(x, W, b, f, i, j, *, silent="zero"):
    z, d, _ = _of_one(x, W, b, f, i, j, silent)
    a = f(z)
    with np.errstate(all="ignore"):
        return np.where(a == 0, 0, (a - f(z - d)) / a)


@breaks(ONE, "contribution")
def mean_over_examples(x, W, b, f, i, j, *, silent="zero"):
    c = _of_one(x, W, b, f, i, j, silent)[2]
    return np.full(len(x), np.nanmean(c) if len(c) else 0.0)


@breaks(ONE, "contribution")
def silent_is_always_zero(x, W, b, f, i, j, *, silent="zero"):
    return np.nan_to_num(_of_one(x, W, b, f, i, j, "zero")[2])


@breaks(ONE, "contribution")
def divided_by_the_output_without(x, W, b, f, i, j, *, silent="zero"):
    z, d, _ = _of_one(x, W, b, f, i, j, silent)
    a, a_without = f(z), f(z - d)
    with np.errstate(all="ignore"):
        return np.where(a_without == 0, 0, np.abs((a - a_without) / a_without))


@breaks(ONE, "contribution")
def weight_without_its_input(x, W, b, f, i, j, *, silent="zero"):
    z = x @ W[:, j] + b[j]
    a = f(z)
    with np.errstate(all="ignore"):
        return np.where(a == 0, 0, np.abs((a - f(z - W[i, j])) / a))


@breaks(ALL, "contributions")
def axes_of_the_weights_swapped(x, W, b, f, *, silent="zero"):
    c = mr.contributions(x, W, b, f, silent=silent)
    return np.swapaxes(c, 1, 2).reshape(c.shape)


@breaks(ALL, "contributions")
def epsilon_always_added(x, W, b, f, *, silent="zero"):
    return mr.contributions(x, W, b, f, silent="epsilon")


@breaks(ALL, "contributions")
def change_of_z_for_every_f(x, W, b, f, *, silent="zero"):
    return mr.contributions(x, W, b, "identity", silent=silent)


@breaks(ALL, "contributions")
def divided_by_the_sum_over_units(x, W, b, f, *, silent="zero"):
    z = x @ W + b
    a = f(z)
    change = np.abs(a[:, None, :] - f(z[:, None, :] - x[:, :, None] * W))
    size = np.abs(a).sum(axis=1)[:, None, None]
    return np.where(size == 0, 0, change / np.where(size == 0, 1, size))


@breaks("what_stays_in_the_blind_range_contributes_nothing", "contributions")
def silent_examples_contribute_all(x, W, b, f, *, silent="zero"):
    c = mr.contributions(x, W, b, f, silent=silent)
    return np.where(f(x @ W + b)[:, None, :] == 0, 1.0, c)


@breaks("the_signed_parts_of_a_linear_unit_sum_to_its_output", "contributions")
def shares_of_the_absolute_parts(x, W, b, f, *, silent="zero"):
    parts = np.abs(x[:, :, None] * W)
    total = parts.sum(axis=1, keepdims=True)
    return np.where(total == 0, 0, parts / np.where(total == 0, 1, total))


@breaks("a_zero_weight_contributes_nothing", "contributions")
def mean_weight_taken_out(x, W, b, f, *, silent="zero"):
    return mr.contributions(x, W + W.mean(), b, f, silent="zero")


@breaks("a_sigmoid_changes_by_at_most_exp_of_the_input", "contributions")
def percent(x, W, b, f, *, silent="zero"):
    return 100 * mr.contributions(x, W, b, f, silent=silent)


def _moments(x, W, b, f, silent):
    return mr.contributions(x, W, b, f, silent=silent)


@breaks(MOMENTS, "contribution_moments")
def ratio_of_means(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    z = x @ W + b
    a = np.abs(f(z)).mean(axis=0)
    change = np.abs(f(z)[:, None, :] - f(z[:, None, :] - x[:, :, None] * W)).mean(axis=0)
    return np.where(a == 0, 0, change / np.where(a == 0, 1, a)), mr.contribution_moments(
        x, W, b, f
    )[1]


@breaks(MOMENTS, "contribution_moments")
def variance_for_the_standard_deviation(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    mean, std = mr.contribution_moments(x, W, b, f, silent=silent)
    return mean, std**2


@breaks(MOMENTS, "contribution_moments")
def ddof_1(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    mean, _ = mr.contribution_moments(x, W, b, f, silent=silent)
    c = np.nan_to_num(_moments(x, W, b, f, silent))
    return mean, c.std(axis=0, ddof=min(1, len(x) - 1))


@breaks(MOMENTS, "contribution_moments")
def median_for_the_mean(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    c = np.nan_to_num(_moments(x, W, b, f, silent))
    return np.median(c, axis=0), c.std(axis=0)


@breaks(MOMENTS, "contribution_moments")
def sum_for_the_mean(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    mean, std = mr.contribution_moments(x, W, b, f, silent=silent)
    return mean * len(x), std


@breaks(MOMENTS, "contribution_moments")
def root_of_the_second_moment(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    mean, std = mr.contribution_moments(x, W, b, f, silent=silent)
    return mean, np.sqrt(mean**2 + std**2)


@breaks(MOMENTS, "contribution_moments")
def over_units_in_place_of_examples(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    c = np.nan_to_num(_moments(x, W, b, f, silent))
    shape = W.shape
    return np.broadcast_to(c.mean(axis=(0, 2))[:, None], shape), np.zeros(shape)


@breaks("the_parts_of_the_data_merge_to_the_whole", "contribution_moments")
def a_running_mean(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    mean = np.zeros(W.shape)
    for c in np.nan_to_num(_moments(x, W, b, f, silent)):
        mean = 0.9 * mean + 0.1 * c
    return mean, np.zeros(W.shape)


@breaks("the_order_of_examples_does_not_matter", "contribution_moments")
def the_first_batch_only(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    return mr.contribution_moments(x[:2], W, b, f, silent=silent)


@breaks("f_is_evaluated_once_per_z", "contribution_moments")
def input_after_input(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    return mr.contribution_moments(x, W, b, f, silent=silent, engine="column")


@breaks("f_is_evaluated_once_per_z", "contribution_moments")
def products_without_the_kink(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    a = f(x @ W + b)
    inverse = np.where(a == 0, 0, 1 / np.where(a == 0, 1, np.abs(a)))
    mean = np.abs(W) * (np.abs(x).T @ inverse) / len(x)
    second = W**2 * ((x**2).T @ inverse**2) / len(x)
    return mean, np.sqrt(np.maximum(second - mean**2, 0))


@breaks("a_wide_layer_needs_no_tensor", "contribution_moments")
def kink_and_silent_units_forgotten(x, W, b, f, *, z=None, silent="zero", engine="auto"):
    mean = np.abs(W) * (np.abs(x).T @ (1 / (np.abs(x @ W + b) + 1e-9))) / len(x)
    return mean, mean
