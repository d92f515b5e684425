import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from minirelprune import MLP
from minirelprune.support import checkpoint


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "net.npz"
    MLP((3, 2), rng=np.random.default_rng(0)).save(path)
    return path


def rewrite(path: Path, **changes: object) -> None:
    """Change the header or an array of a file, leaving its fingerprint as it was."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    header = json.loads(arrays.pop("header").tobytes())
    arrays |= {name: value for name, value in changes.items() if name in arrays}
    header |= {name: value for name, value in changes.items() if name not in arrays}
    text = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez(path, header=text, **arrays)


def test_a_file_of_another_version_is_refused_by_name(saved: Path) -> None:
    rewrite(saved, version=99)
    with pytest.raises(ValueError, match=r"net\.npz has format version 99; this reads 1"):
        MLP.load(saved)


@pytest.mark.parametrize(
    "change", [{"W0": np.zeros((3, 2), np.float32)}, {"activation": "tanh"}, {"sha256": "0"}]
)
def test_a_tampered_file_is_refused(saved: Path, change: dict) -> None:
    rewrite(saved, **change)
    with pytest.raises(ValueError, match=r"net\.npz was changed after it was written"):
        MLP.load(saved)


def test_every_cut_of_a_file_is_refused(saved: Path) -> None:
    raw = saved.read_bytes()
    for length in range(0, len(raw), 7):
        saved.write_bytes(raw[:length])
        with pytest.raises(ValueError, match=r"net\.npz"):
            MLP.load(saved)


def test_every_flipped_byte_is_refused_or_harmless(saved: Path) -> None:
    raw, whole = saved.read_bytes(), checkpoint.read(saved)
    for k in range(0, len(raw), 3):
        saved.write_bytes(raw[:k] + bytes([raw[k] ^ 0x10]) + raw[k + 1 :])
        try:
            arrays, description = checkpoint.read(saved)
        except ValueError:
            continue
        assert description == whole[1]
        assert all((arrays[name] == whole[0][name]).all() for name in whole[0])


@pytest.mark.parametrize("text", [b"", b"not a zip", b"\x93NUMPY"])
def test_something_else_is_refused(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "other.npz"
    path.write_bytes(text)
    with pytest.raises(ValueError, match=r"other\.npz is not a minirelprune file"):
        MLP.load(path)


def test_someone_elses_npz_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "theirs.npz", W0=np.zeros((3, 2)))
    with pytest.raises(ValueError, match=r"theirs\.npz is not a minirelprune file"):
        MLP.load(tmp_path / "theirs.npz")


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    np.savez(tmp_path / "trap.npz", header=np.array([print], dtype=object))
    with pytest.raises(ValueError, match=r"trap\.npz is not a minirelprune file"):
        MLP.load(tmp_path / "trap.npz")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        MLP.load(tmp_path / "nowhere.npz")


def test_a_failed_write_leaves_the_old_file(saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(ValueError, match=r"description must be what JSON can hold: .* object"):
        checkpoint.write(saved, {"W0": np.zeros(1)}, {"not JSON": object()})
    assert saved.read_bytes() == before
    assert [file.name for file in saved.parent.iterdir()] == ["net.npz"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"path must end in \.npz, got '.*net\.bin'"):
        checkpoint.write(tmp_path / "net.bin", {}, {})


@pytest.mark.parametrize("path", [1, None, ["net.npz"]])
def test_what_is_not_a_path_is_refused(path: object) -> None:
    with pytest.raises(ValueError, match="path must be a path, got"):
        checkpoint.write(path, {}, {})
    with pytest.raises(ValueError, match="path must be a path, got"):
        MLP.load(path)


@pytest.mark.parametrize(
    "array", [np.array([None]), np.array(["a"]), np.zeros(2, complex), np.zeros(2, "M8[s]")]
)
def test_what_is_not_an_array_of_numbers_is_neither_written_nor_read(
    array: np.ndarray, tmp_path: Path
) -> None:
    path = tmp_path / "net.npz"
    with pytest.raises(ValueError, match="W0 must be an array of numbers or booleans, got"):
        checkpoint.write(path, {"W0": array}, {})
    np.savez(path, W0=array, header=np.frombuffer(b"{}", np.uint8))
    with pytest.raises(ValueError, match=r"net\.npz is not a minirelprune file, or is damaged"):
        checkpoint.read(path)


@pytest.mark.parametrize("header", [b"[1]", b"3", b"null", b'"minirelprune"', b"\xff", b"[" * 9999])
def test_a_header_that_is_not_a_dict_is_refused(header: bytes, tmp_path: Path) -> None:
    np.savez(tmp_path / "net.npz", header=np.frombuffer(header, np.uint8))
    with pytest.raises(ValueError, match=r"net\.npz is not a minirelprune file"):
        checkpoint.read(tmp_path / "net.npz")


def test_a_member_that_is_no_array_is_refused(saved: Path) -> None:
    with zipfile.ZipFile(saved, "a") as file:
        file.writestr("readme.txt", "hello")
    with pytest.raises(ValueError, match=r"net\.npz .*readme.txt must be an array .* got bytes"):
        checkpoint.read(saved)
