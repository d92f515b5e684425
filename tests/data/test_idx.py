"""IDX: what is written is read back, and what is not IDX is an error that says why."""

import gzip
import os
import tempfile
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minirelprune.data import idx

DTYPES = ["u1", "i1", "i2", "i4", "f4", "f8"]
GOOD = bytes([0, 0, 0x0B, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4])  # [[0x0102, 0x0304]] as int16
SHAPES = hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4)


def any_bits(dtype, shape):
    """Arrays of every bit pattern, so of every NaN with its payload."""
    bits = hnp.arrays(f"u{np.dtype(dtype).itemsize}", shape, fill=st.nothing())
    return bits.map(lambda array: array.view(dtype))


ARRAYS = st.tuples(st.sampled_from(DTYPES), SHAPES).flatmap(lambda kind: any_bits(*kind))


def bytes_of(array, suffix=""):
    """The file that `idx.write` makes of an array."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"array{suffix}")
        idx.write(path, array)
        return path.read_bytes()


def same_bits(a, b):
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


def outcome(raw):
    """The array, or the error's message."""
    try:
        return idx.decode(raw, name="some/file.idx")
    except ValueError as error:
        return str(error)


def refuse(raw, words=""):
    """`raw` is not IDX: an error says so, and of which file."""
    with pytest.raises(ValueError, match=r"^some/file\.idx .*" + words):
        idx.decode(raw, name="some/file.idx")


@given(ARRAYS, st.sampled_from(["", ".idx", ".gz"]))
def test_what_is_written_is_read_back_to_the_bit(array, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/array{suffix}"
        idx.write(path, array)
        back = idx.read(path)
    assert same_bits(back, array)
    assert back.dtype.isnative
    assert back.flags.writeable


@given(ARRAYS, st.sampled_from("<>"), st.sampled_from("CF"), st.integers(1, 2))
def test_byte_order_and_memory_layout_do_not_show_in_the_file(array, endian, order, stride):
    dtype = array.dtype.newbyteorder(endian)
    other = np.empty((*array.shape, stride), dtype, order)[..., 0]
    other[...] = array
    assert bytes_of(other) == bytes_of(array)


@given(st.binary().map(lambda tail: b"\0\0" + tail) | st.binary())
def test_an_array_has_one_file_so_whatever_can_be_read_is_written_the_same(raw):
    array = outcome(raw)
    if isinstance(array, str):
        assert array.startswith("some/file.idx ")
    else:
        assert bytes_of(array) == raw


@pytest.mark.parametrize(
    ("dtype", "value", "code", "data"),
    [
        ("u1", 200, "08", "c8"),
        ("i1", -2, "09", "fe"),
        ("i2", -2, "0b", "ff fe"),
        ("i4", 258, "0c", "00 00 01 02"),
        ("f4", 1.5, "0d", "3f c0 00 00"),
        ("f8", -2.0, "0e", "c0 00 00 00 00 00 00 00"),
    ],
)
def test_each_type_has_its_code_and_is_big_endian(dtype, value, code, data):
    raw = bytes.fromhex(f"0000 {code} 02 00000001 00000001 {data}")
    assert bytes_of(np.array([[value]], dtype)) == raw
    assert same_bits(idx.decode(raw, name="one"), np.array([[value]], dtype))


def test_gz_files_are_gzip_and_the_same_whenever_they_are_written():
    first, second = (bytes_of(np.arange(9, dtype="u1"), ".gz") for _ in range(2))
    assert first == second
    assert first[:3] == bytes([0x1F, 0x8B, 8])
    assert first[4:8] == bytes(4)  # no time stamp
    assert gzip.decompress(first) == bytes_of(np.arange(9, dtype="u1"))


def test_gzip_is_known_by_its_content_not_by_its_name(tmp_path):
    (tmp_path / "plain.gz").write_bytes(GOOD)
    (tmp_path / "zipped.idx").write_bytes(gzip.compress(GOOD))
    for name in ("plain.gz", "zipped.idx"):
        np.testing.assert_array_equal(idx.read(tmp_path / name), [[0x0102, 0x0304]])


@given(ARRAYS, st.sampled_from(["", ".gz"]), st.data())
def test_every_truncation_is_an_error_that_names_the_file(array, suffix, data):
    raw = bytes_of(array, suffix)
    refuse(raw[: data.draw(st.integers(0, len(raw) - 1))])


@pytest.mark.parametrize("raw", [GOOD, gzip.compress(GOOD, mtime=0)], ids=["plain", "gzip"])
def test_no_length_escapes_the_check_for_truncation(raw):
    for length in range(len(raw)):
        refuse(raw[:length])


@given(ARRAYS, st.binary(min_size=1, max_size=9))
def test_every_trailing_byte_is_an_error_that_names_the_file(array, tail):
    raw = bytes_of(array) + tail
    refuse(raw, "goes on after its end")
    refuse(gzip.compress(raw), "goes on after its end")


def test_after_the_end_of_gzip_only_zeros_are_padding():
    zipped = gzip.compress(GOOD)
    np.testing.assert_array_equal(idx.decode(zipped + b"\0", name="padded"), [[0x0102, 0x0304]])
    for byte in range(1, 256):
        refuse(zipped + bytes([byte]), "damaged gzip")


def test_no_flipped_bit_in_gzip_gives_another_array():
    # A flip may go unseen only in what is not data, such as the time stamp.
    zipped = gzip.compress(GOOD, mtime=0)
    refused = 0
    for bit in range(8 * len(zipped)):
        flipped = bytearray(zipped)
        flipped[bit // 8] ^= 1 << bit % 8
        array = outcome(bytes(flipped))
        if isinstance(array, str):
            assert array.startswith("some/file.idx ")
            refused += 1
        else:
            np.testing.assert_array_equal(array, [[0x0102, 0x0304]])
    assert refused > 8 * (len(zipped) - 10)  # at least every bit after the ten of the header


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (gzip.compress(b""), "is empty"),
        (b"<!DOCTYPE html><html>Not found", 'begins with "<!DOCTYPE html": a web page, not IDX'),
        (b"<p>\xc3\xa9\xff", 'begins with "<p>\u00e9\ufffd": a web page, not IDX'),
        (b"\n <html>", 'begins with "<html>": a web page, not IDX'),
        (gzip.compress(b"<?xml version='1.0'?>"), "a web page, not IDX"),
        (b"PK\x03\x04zipped", "the bytes 50 4b 03 04 where IDX has 00 00: not IDX"),
        (b"\x00\x01\x08\x00\x07", "the bytes 00 01 08 00 where IDX has 00 00"),
        (b"\x01", "the bytes 01 where IDX has 00 00"),
        (b"\x00", "is cut short: 1 of the first 4 bytes of its header"),
        (b"\x00\x00\x08", "is cut short: 3 of the first 4 bytes of its header"),
        (b"\x00\x00\x0a\x00\x07", "type code 0x0A; IDX knows 0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E"),
        (GOOD[:9], "is cut short: 5 of 8 bytes of its shape"),
        (GOOD[:-1], r"is cut short: shape \(1, 2\) of int16 is 4 bytes, got 3"),
        (GOOD + b"\x00", r"goes on after its end: shape \(1, 2\) of int16 is 4 bytes"),
        (gzip.compress(GOOD)[:-3], "is damaged gzip: Compressed file ended"),
        (gzip.compress(GOOD)[:-5] + b"00000", "is damaged gzip: CRC check failed"),
        (gzip.compress(GOOD)[:-1] + b"\x01", "is damaged gzip: Incorrect length"),
        (bytes([0, 0, 8, 70]) + 70 * bytes([0, 0, 0, 1]) + b"\7", "is too large for NumPy"),
        (bytes([0, 0, 8, 3]) + 8 * b"\xff" + bytes(4), "is too large for NumPy"),
    ],
)
def test_the_error_says_what_is_wrong(raw, words):
    refuse(raw, words)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("shape", [3 * [2**32 - 1], [2**16, 2**16], [2**31, 2**31, 4], [2**28]])
def test_a_size_that_the_file_does_not_hold_takes_no_memory(pack, shape):
    dims = b"".join(length.to_bytes(4, "big") for length in shape)
    raw = pack(bytes([0, 0, 8, len(shape)]) + dims + bytes(5))
    assert memory_to_refuse(raw, "cut short") < 1 << 23


@given(hnp.array_shapes(max_dims=3, max_side=4), st.data())
def test_a_header_whose_sizes_lie_is_never_believed(shape, data):
    raw = bytearray(bytes_of(np.zeros(shape, "u1")))
    axis = data.draw(st.integers(0, len(shape) - 1))
    length = data.draw(st.integers(0, 2**32 - 1).filter(lambda length: length != shape[axis]))
    raw[4 + 4 * axis : 8 + 4 * axis] = length.to_bytes(4, "big")
    refuse(bytes(raw), "cut short|goes on after its end")


def test_data_that_the_header_does_not_announce_takes_no_memory():
    bomb = gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 5]) + bytes(1 << 25), compresslevel=1)
    assert memory_to_refuse(bomb, "goes on") < 1 << 23


def memory_to_refuse(raw, words):
    """The most bytes set aside at once while `raw` is refused."""
    tracemalloc.start()
    try:
        refuse(raw, words)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros(3, np.int64), "array.dtype must be one of 'uint8', .*'float64', got 'int64'"),
        (np.zeros(3, bool), "got 'bool'"),
        (np.zeros(3, np.float16), "got 'float16'"),
        (np.zeros(3, complex), "array must be real numbers, got .* of dtype complex128"),
        (np.zeros(3, object), "array must be real numbers, got .* of dtype object"),
        (np.zeros((2**32, 0), "u1"), r"array.shape must have axes .* got \(4294967296, 0\)"),
    ],
)
def test_what_idx_cannot_hold_is_refused_before_the_file_is_touched(array, words, tmp_path):
    path = tmp_path / "old.idx"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match=words):
        idx.write(path, array)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("the disk is full")

    path = tmp_path / "old.idx"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="the disk is full"):
        idx.write(path, np.arange(3, dtype="u1"))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_longest_axis_can_be_written():
    array = np.zeros((2**32 - 1, 0), "u1")
    assert idx.decode(bytes_of(array), name="long").shape == array.shape


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.idx"):
        idx.read(tmp_path / "nowhere.idx")


def test_a_damaged_file_is_named_by_its_path(tmp_path):
    path = tmp_path / "train-images-idx3-ubyte.gz"
    for raw, words in (
        (b"<!DOCTYPE html>", "begins with"),
        (gzip.compress(GOOD)[:-3], "is damaged"),
    ):
        path.write_bytes(raw)
        with pytest.raises(ValueError, match=words) as caught:
            idx.read(path)
        assert str(caught.value).startswith(f"{path} {words}")


@pytest.mark.parametrize("path", [7, None, ["a"]])
def test_a_path_is_a_path_and_not_the_number_of_an_open_file(path):
    for use in (idx.read, lambda one: idx.write(one, np.zeros(3, "u1"))):
        with pytest.raises(ValueError, match="path must be a path, got"):
            use(path)


def test_bytes_are_wanted_not_text():
    with pytest.raises(ValueError, match="raw must be bytes, got a str"):
        idx.decode("a.idx", name="some/file.idx")
