"""CIFAR-10: small files made in its format are read as they were made, and others are refused."""

import hashlib
import io
import re
import tarfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import ConvNet
from minirelprune.data import DatasetUnavailable, cifar, load_dataset


def encoded(images: np.ndarray, labels: np.ndarray) -> bytes:
    """Images (N, 32, 32, 3) and labels as the format says: pixel by pixel, colour by colour."""
    raw = bytearray()
    for image, label in zip(images, labels, strict=True):
        raw.append(int(label))
        for colour in range(3):
            for line in image[:, :, colour]:
                raw += bytes(line.tolist())
    return bytes(raw)


def drawn(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (n, 32, 32, 3), dtype=np.uint8), rng.integers(0, 10, n)


def written(folder: Path, monkeypatch: pytest.MonkeyPatch, leave_out: str = "") -> None:
    """An archive of two images a file, whose hash counts as the published one."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / cifar.ARCHIVE, "w:gz") as archive:
        for k, name in enumerate(cifar.FILES):
            raw = encoded(*drawn(2, k))
            info = tarfile.TarInfo(f"cifar-10-batches-bin/{name}")
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    md5 = hashlib.md5((folder / cifar.ARCHIVE).read_bytes()).hexdigest()
    monkeypatch.setattr(cifar, "MD5", md5)


@given(st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_what_was_written_is_read(n: int, seed: int) -> None:
    images, labels = drawn(n, seed)
    x, y = cifar.decode(encoded(images, labels), name="made.bin")
    assert (x.dtype, y.dtype) == (np.float32, np.int64)
    np.testing.assert_array_equal(y, labels)
    np.testing.assert_array_equal(x.reshape(n, 32, 32, 3), images.astype(np.float32) / 255)


@pytest.mark.parametrize("place", ["cifar-10", "."])
def test_the_archive_in_the_users_folder_is_loaded(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / place, monkeypatch)
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(tmp_path))
    data = load_dataset("cifar-10", n_train=7)
    assert (data.name, data.x_train.shape, data.x_test.shape) == ("cifar-10", (7, 3072), (2, 3072))
    images, labels = drawn(2, 5)  # of the sixth file
    np.testing.assert_array_equal(data.y_test, labels)
    np.testing.assert_array_equal(data.x_test.reshape(images.shape), images.astype("f4") / 255)
    net = ConvNet((32, 32, 3), (2, 2), (10,), rng=np.random.default_rng(0))
    assert net.predict(data.x_test).shape == (2,)


def test_another_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / cifar.ARCHIVE).write_bytes(b"<!DOCTYPE html>")
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(tmp_path))
    with pytest.raises(ValueError, match=r"tar\.gz is not the published archive: its MD5 is"):
        cifar.load()


def test_where_it_is_missing_the_error_says_where_it_can_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(tmp_path))
    with pytest.raises(DatasetUnavailable, match=re.escape(f"it can be had from {cifar.ADDRESS}")):
        cifar.load()
    monkeypatch.delenv("MINIRELPRUNE_DATA")
    monkeypatch.setattr(cifar, "cache", lambda name: tmp_path / name)
    with pytest.raises(DatasetUnavailable, match="is not in"):
        cifar.load(download=False)


def test_a_download_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> str:
        raise OSError("no route to host")

    monkeypatch.delenv("MINIRELPRUNE_DATA", raising=False)
    monkeypatch.setattr(cifar, "cache", lambda name: tmp_path / name)
    monkeypatch.setattr(cifar.pooch, "retrieve", no_network)
    with pytest.raises(DatasetUnavailable, match="could not be fetched: no route to host"):
        cifar.load()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "made.bin must be records of 3,073 bytes, got 0 bytes"),
        (bytes(3072), "made.bin must be records of 3,073 bytes, got 3,072 bytes"),
        (bytes([10]) + bytes(3072), "made.bin must have labels from 0 to 9, got 10"),
    ],
)
def test_what_is_no_record_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cifar.decode(raw, name="made.bin")
