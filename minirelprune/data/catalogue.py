"""Which files are MNIST and Fashion-MNIST, where they are published, and how to know them."""

from typing import NamedTuple


class KnownFile(NamedTuple):
    """A published file: its name, and the shape and the SHA-256 of the uint8 array in it.

    The hash is of the array's bytes in C order: those of the IDX file after its header, before any
    compression. So it is the same in every container.
    """

    name: str
    shape: tuple[int, ...]
    sha256: str


class Published(NamedTuple):
    """A data set: the addresses that hold it, and its files in the order of `load`."""

    mirrors: tuple[str, ...]
    files: tuple[KnownFile, KnownFile, KnownFile, KnownFile]


def _files(*sha256: str) -> tuple[KnownFile, KnownFile, KnownFile, KnownFile]:
    """The four files, which have the same names and shapes in both data sets."""
    train_images, train_labels, test_images, test_labels = sha256
    return (
        KnownFile("train-images-idx3-ubyte", (60_000, 28, 28), train_images),
        KnownFile("train-labels-idx1-ubyte", (60_000,), train_labels),
        KnownFile("t10k-images-idx3-ubyte", (10_000, 28, 28), test_images),
        KnownFile("t10k-labels-idx1-ubyte", (10_000,), test_labels),
    )


CATALOGUE = {
    "mnist": Published(
        (
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        _files(
            "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
            "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
            "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
            "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
        ),
    ),
    "fashion-mnist": Published(
        (
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        ),
        _files(
            "2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012",
            "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
            "c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a",
            "3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
        ),
    ),
}
