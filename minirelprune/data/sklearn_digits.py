"""scikit-learn's digits: 1,797 images of 8 x 8 pixels, which come with that library."""

import numpy as np

from minirelprune.data.fetch import DatasetUnavailable
from minirelprune.data.mnist import Images, Labels

N_TRAIN = 1_437  # the first 80% of the images; in this order the last were written by others


def load() -> tuple[Images, Labels, Images, Labels]:
    """The images in the order in which scikit-learn gives them.

    Returns
    -------
    x_train (1437, 64), y_train (1437,), x_test (360, 64), y_test (360,): grey levels in [0, 1],
    which are pixels / 16, as float32; labels 0 to 9 as int64.

    Raises
    ------
    DatasetUnavailable : scikit-learn is not installed.

    Source: Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits"; its test set.
    """
    try:
        from sklearn.datasets import load_digits
    except ImportError as error:
        raise DatasetUnavailable(
            'scikit-learn is not installed: `pip install "minirelprune[sklearn]"` has its digits'
        ) from error
    x, y = load_digits(return_X_y=True)
    x, y = (x / 16).astype(np.float32), y.astype(np.int64)
    return x[:N_TRAIN], y[:N_TRAIN], x[N_TRAIN:], y[N_TRAIN:]
