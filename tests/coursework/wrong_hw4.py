"""Homework 4 as students get it wrong: entropy and mutual information."""

import numpy as np
from coursework.wrong import breaks

import minirelprune as mr

COUNTED = "mutual_information_is_that_of_the_counted_pairs"
MASK = "the_mask_reading_is_the_jensen_shannon_divergence"


@breaks("entropy_is_minus_the_sum_of_p_ln_p", "entropy")
def sign_forgotten(p):
    p = np.asarray(p, float)
    return float((p[p > 0] * np.log(p[p > 0])).sum())


@breaks("entropy_is_minus_the_sum_of_p_ln_p", "entropy")
def a_small_number_added(p):
    p = np.asarray(p, float)
    return float(-(p * np.log(p + 1e-6)).sum())


@breaks("entropy_is_minus_the_sum_of_p_ln_p", "entropy")
def mean_for_the_sum(p):
    return mr.entropy(p) / np.size(p)


@breaks("entropy_is_minus_the_sum_of_p_ln_p", "entropy")
def unoccupied_counted(p):
    p = np.asarray(p, float)
    return float(-(p * np.log(np.where(p > 0, p, 1e-3))).sum() + 1e-3 * (p == 0).sum())


@breaks(COUNTED, "mutual_information")
def joint_entropy(x, y, *, bins, **settings):
    pairs = np.unique(np.stack([x, y], axis=1), axis=0, return_counts=True)[1]
    return mr.entropy(pairs / pairs.sum())


@breaks(COUNTED, "mutual_information")
def conditional_entropy(x, y, **settings):
    return mr.mutual_information(x, x, **settings) - mr.mutual_information(x, y, **settings)


@breaks(COUNTED, "mutual_information")
def normalised(x, y, **settings):
    h = mr.mutual_information(x, x, **settings)
    return mr.mutual_information(x, y, **settings) / h if h else 0.0


@breaks(COUNTED, "mutual_information")
def correlation_for_information(x, y, **settings):
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0
    return float(-np.log(1 - min(0.999, np.corrcoef(x, y)[0, 1] ** 2)) / 2)


@breaks("what_x_tells_of_itself_is_its_entropy", "mutual_information")
def twice_the_information(x, y, **settings):
    return 2 * mr.mutual_information(x, y, **settings)


@breaks("independent_values_tell_nothing", "mutual_information")
def product_of_entropies(x, y, **settings):
    return mr.mutual_information(x, x, **settings) * mr.mutual_information(y, y, **settings)


@breaks("merging_bins_never_raises_it", "mutual_information")
def divided_by_the_bins(x, y, *, bins, binning="equal_mass", correction=None):
    value = mr.mutual_information(x, y, bins=bins, binning=binning, correction=correction)
    return value / len(bins[0]) if isinstance(bins, tuple) and np.ndim(bins[0]) else value


@breaks("different_values_are_shared_out_evenly", "mutual_information")
def equal_width_bins(x, y, *, bins, binning="equal_mass", correction=None):
    return mr.mutual_information(x, y, bins=bins, binning="equal_width", correction=correction)


@breaks("an_atom_has_a_bin_of_its_own", "mutual_information")
def bins_by_rank_through_an_atom(x, y, *, bins, binning="equal_mass", correction=None):
    rank = np.argsort(np.argsort(x, kind="stable"), kind="stable") * bins // len(x)
    return mr.mutual_information(rank, y, bins=len(x))


@breaks("no_increasing_function_changes_what_ranks_tell", "mutual_information")
def quantised_values(x, y, *, bins, binning="equal_mass", correction=None):
    return mr.mutual_information(np.floor(x), y, bins=bins)


@breaks("miller_madow_counts_what_is_occupied", "mutual_information")
def half_of_the_correction(x, y, *, bins, binning="equal_mass", correction=None):
    settings = {"bins": bins, "binning": binning}
    plain = mr.mutual_information(x, y, **settings)
    return (plain + mr.mutual_information(x, y, **settings, correction=correction)) / 2


@breaks("miller_madow_counts_what_is_occupied", "mutual_information")
def correction_with_the_wrong_sign(x, y, *, bins, binning="equal_mass", correction=None):
    settings = {"bins": bins, "binning": binning}
    plain = mr.mutual_information(x, y, **settings)
    return 2 * plain - mr.mutual_information(x, y, **settings, correction=correction)


def _readings(x, W, b, f, bins, reading):
    return mr.weight_information(x, W, b, f, bins=bins, reading=reading)


@breaks("a_weight_that_does_not_vary_tells_nothing", "weight_information")
def literal_taken_for_the_contribution(x, W, b, f, *, bins, reading="mask"):
    return _readings(x, W, b, f, bins, "contribution" if reading == "literal" else reading)


@breaks(MASK, "weight_information")
def the_coin_is_not_fair(x, W, b, f, *, bins, reading="mask"):
    information = np.zeros(W.shape)
    for i, j in np.ndindex(W.shape):
        z = (x @ W + b)[:, j]
        values = np.concatenate([f(z), f(z), f(z - x[:, i] * W[i, j])])
        coin = np.repeat([0, 1], [2 * len(x), len(x)])
        information[i, j] = mr.mutual_information(values, coin, bins=len(values))
    return information


@breaks(MASK, "weight_information")
def in_bits(x, W, b, f, *, bins, reading="mask"):
    return _readings(x, W, b, f, bins, reading) / np.log(2)


@breaks(MASK, "weight_information")
def halves_forgotten(x, W, b, f, *, bins, reading="mask"):
    return 2 * _readings(x, W, b, f, bins, reading)


@breaks("the_mask_shows_unless_the_output_stays", "weight_information")
def share_without_ln_2(x, W, b, f, *, bins, reading="mask"):
    value = _readings(x, W, b, f, bins, reading)
    return value / np.log(2) if reading == "mask_given_input" else value


@breaks("the_contribution_reading_is_that_of_a_and_x_w", "weight_information")
def pre_activation_for_the_output(x, W, b, f, *, bins, reading="mask"):
    f = mr.ACTIVATIONS["identity"] if reading == "contribution" else f
    return _readings(x, W, b, f, bins, reading)


@breaks("a_zero_weight_tells_nothing", "weight_information")
def at_least_a_little(x, W, b, f, *, bins, reading="mask"):
    return np.maximum(_readings(x, W, b, f, bins, reading), 1e-9)
