"""Homework 3 as students get it wrong: importance, batches, normality, tails."""

from dataclasses import replace

import numpy as np
from coursework.wrong import breaks
from scipy import stats

import minirelprune as mr

EQ_2 = "importance_is_eq_2"
BATCH, HILL = "a_batch_is_n_neighbours", "the_tail_index_is_hills"


@breaks(EQ_2, "importance")
def epsilon_left_out(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
    return layer_factor * (alpha * mean + beta / (1e-300 + std))


@breaks(EQ_2, "importance")
def epsilon_inside_a_root(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
    return layer_factor * (alpha * mean + beta / np.sqrt(epsilon + std**2))


@breaks(EQ_2, "importance")
def variance_for_sigma(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
    return layer_factor * (alpha * mean + beta / (epsilon + std**2))


@breaks(EQ_2, "importance")
def alpha_and_beta_swapped(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
    return layer_factor * (beta * mean + alpha / (epsilon + std))


@breaks(EQ_2, "importance")
def defaults_whatever_is_asked(mean, std, **settings):
    return mr.importance(mean, std)


@breaks("importance_is_linear_in_alpha_and_beta", "importance")
def terms_multiplied(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
    return layer_factor * alpha * mean * (1 + beta / (epsilon + std))


@breaks("a_layer_factor_keeps_the_order_within_a_layer", "importance")
def factor_on_the_second_term_only(
    mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0
):
    return alpha * mean + layer_factor * beta / (epsilon + std)


@breaks(BATCH, "batch_means")
def sums_for_means(values, n):
    return mr.batch_means(values, n) * n


@breaks(BATCH, "batch_means")
def the_first_examples_dropped(values, n):
    return mr.batch_means(values[len(values) % n :], n)


@breaks(BATCH, "batch_means")
def n_batches_in_place_of_batches_of_n(values, n):
    return mr.batch_means(values, max(1, len(values) // n))


def _changed(values, batch_sizes, change):
    rows = mr.clt_check(values, batch_sizes)
    return [replace(row, **change(row, mr.batch_means(values, row.batch_size))) for row in rows]


@breaks("the_shape_is_that_of_the_batch_means", "clt_check")
def unbiased_skewness(values, batch_sizes):
    return _changed(
        values, batch_sizes, lambda row, means: {"skewness": stats.skew(means, axis=0, bias=False)}
    )


@breaks("the_tests_are_chi_square_with_two_degrees_of_freedom", "clt_check")
def kurtosis_not_divided_by_4(values, batch_sizes):
    def change(row, means):
        statistic = row.batches / 6 * (row.skewness**2 + row.excess_kurtosis**2)
        return {"jarque_bera": row.jarque_bera._replace(statistic=statistic)}

    return _changed(values, batch_sizes, change)


@breaks("the_bound_is_that_of_berry_and_esseen", "clt_check")
def bound_without_the_root_of_n(values, batch_sizes):
    return _changed(
        values, batch_sizes, lambda row, means: {"bound": row.bound * np.sqrt(row.batch_size)}
    )


@breaks("the_distance_is_the_largest_gap_to_the_normal", "clt_check")
def mean_gap_for_the_largest(values, batch_sizes):
    return _changed(values, batch_sizes, lambda row, means: {"distance": row.distance / 2})


@breaks("dead_weights_are_counted_not_tested", "clt_check")
def zeros_for_dead_weights(values, batch_sizes):
    return _changed(
        values, batch_sizes, lambda row, means: {"skewness": np.nan_to_num(row.skewness)}
    )


@breaks("rejections_are_those_of_benjamini_and_yekutieli", "clt_check")
def bonferroni(values, batch_sizes):
    def change(row, means):
        tests = {"jarque_bera": row.jarque_bera, "dagostino": row.dagostino}
        return {
            name: test._replace(rejected=test.p * np.sum(~row.constant) <= 0.05)
            for name, test in tests.items()
        }

    return _changed(values, batch_sizes, change)


@breaks(HILL, "tail_index")
def the_inverse_of_the_index(values, k):
    estimate, error = mr.tail_index(values, k)
    return 1 / estimate, error


@breaks(HILL, "tail_index")
def error_without_the_root(values, k):
    estimate, _ = mr.tail_index(values, k)
    return estimate, estimate / k


@breaks(HILL, "tail_index")
def absolute_values_forgotten(values, k):
    return mr.tail_index(np.maximum(-values, 0), k)


@breaks(HILL, "tail_index")
def log_in_base_10(values, k):
    estimate, error = mr.tail_index(values, k)
    return estimate * np.log(10), error * np.log(10)


@breaks("a_power_of_the_values_divides_the_tail_index", "tail_index")
def slope_of_the_values(values, k):
    largest = np.sort(np.abs(values), axis=0)[-k - 1 :]
    estimate = 1 / (1e-9 + (largest[1:] - largest[0]).mean(axis=0))
    return estimate, estimate / np.sqrt(k)
