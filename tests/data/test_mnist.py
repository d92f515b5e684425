"""Fetching MNIST: genuine files or a clear error, whatever the disk and the network do.

No test leaves this machine: the mirrors are web servers in a thread, and the published files are
tiny ones with hashes of their own.
"""

import functools
import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pooch
import pytest

from minirelprune.data import DatasetUnavailable, SyntheticDataWarning, idx, load_dataset, mnist
from minirelprune.data.catalogue import CATALOGUE, KnownFile, Published

REAL = os.environ.get("MINIRELPRUNE_DATA", "")
NAMES = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
]
ARRAYS = [
    np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    for shape in [(5, 28, 28), (5,), (3, 28, 28), (3,)]
]


def plain(array):
    with tempfile.TemporaryDirectory() as folder:
        idx.write(f"{folder}/a.idx", array)
        return Path(folder, "a.idx").read_bytes()


CONTENTS = dict(zip(NAMES, map(plain, ARRAYS), strict=True))
ZIPPED = {f"{name}.gz": gzip.compress(raw, mtime=0) for name, raw in CONTENTS.items()}
FIRST = f"{NAMES[0]}.gz"
DAMAGE = {
    "empty": b"",
    "truncated": ZIPPED[FIRST][:-1],
    "one bit": ZIPPED[FIRST][:40] + bytes([ZIPPED[FIRST][40] ^ 1]) + ZIPPED[FIRST][41:],
    "web page": b"<!DOCTYPE html><title>Sign in to the Wi-Fi</title>",
    "another file": gzip.compress(plain(ARRAYS[0] ^ 1)),
}


class Mirror:
    """A web server on this machine: what it holds, and what it was asked for."""

    def __init__(self, files):
        self.files, self.asked, self.before_answer = files, [], lambda: None
        handler = functools.partial(_Handler, self)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.005,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, mirror, *args):
        self.mirror = mirror
        super().__init__(*args)

    def do_GET(self):
        name = self.path[1:]
        self.mirror.asked.append(name)
        self.mirror.before_answer()
        if name not in self.mirror.files:
            return self.send_error(404)
        body = self.mirror.files[name]
        # What is already zipped is zipped once more, as web servers do unless told not to.
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(gzip.decompress(body))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache, no folder of the user's, and the tiny files published nowhere."""
    monkeypatch.delenv("MINIRELPRUNE_DATA", raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(pooch, "os_cache", lambda project: tmp_path / "cache" / project)
    publish(monkeypatch)
    return tmp_path / "cache" / "minirelprune"


def known(arrays):
    return tuple(
        KnownFile(name, array.shape, hashlib.sha256(array.tobytes()).hexdigest())
        for name, array in zip(NAMES, arrays, strict=True)
    )


def publish(monkeypatch, *addresses):
    """The tiny files are MNIST and Fashion-MNIST, and these are the mirrors that have them."""
    for dataset in ("mnist", "fashion-mnist"):
        monkeypatch.setitem(CATALOGUE, dataset, Published(addresses, known(ARRAYS)))


@contextmanager
def serving(files):
    mirror = Mirror(files)
    try:
        yield mirror
    finally:
        mirror.close()


@pytest.fixture
def mirror(cache, monkeypatch):
    """A mirror that has everything."""
    with serving(ZIPPED) as mirror:
        publish(monkeypatch, mirror.address)
        yield mirror


@pytest.fixture
def own(tmp_path, monkeypatch, cache):
    """The user's folder, MINIRELPRUNE_DATA."""
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(tmp_path / "own"))
    return tmp_path / "own"


def put(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in files.items():
        (folder / name).write_bytes(raw)


def contents(folder):
    """Everything in a folder, hidden files too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def assert_is_the_data(loaded):
    x_train, y_train, x_test, y_test = loaded
    for x, pixels in [(x_train, ARRAYS[0]), (x_test, ARRAYS[2])]:
        assert x.dtype == np.float32
        np.testing.assert_array_equal(x, pixels.reshape(-1, 784) / np.float32(255))
    for y, labels in [(y_train, ARRAYS[1]), (y_test, ARRAYS[3])]:
        assert y.dtype == np.int64
        np.testing.assert_array_equal(y, labels)


both = pytest.mark.parametrize("dataset", ["mnist", "fashion-mnist"])


# The user's folder


@both
def test_the_users_folder_is_enough(own, dataset):
    put(own / dataset, ZIPPED)
    assert_is_the_data(mnist.load(dataset))


@both
def test_the_files_may_be_unzipped_or_zipped_anew(own, dataset):
    anew = {name: gzip.compress(gzip.decompress(raw), 1) for name, raw in ZIPPED.items()}
    assert anew[FIRST] != ZIPPED[FIRST]
    put(own / dataset, {NAMES[0]: CONTENTS[NAMES[0]], NAMES[1]: CONTENTS[NAMES[1]]})
    put(own / dataset, {f"{name}.gz": anew[f"{name}.gz"] for name in NAMES[2:]})
    assert_is_the_data(mnist.load(dataset))


@pytest.mark.parametrize("damage", DAMAGE)
@both
def test_a_damaged_file_of_the_user_is_named_and_left_alone(own, cache, mirror, dataset, damage):
    put(cache / dataset, ZIPPED)
    put(own / dataset, {FIRST: DAMAGE[damage]})
    with pytest.raises(ValueError, match="; replace it, or unset MINIRELPRUNE_DATA") as caught:
        mnist.load(dataset)
    assert str(caught.value).startswith(f"{own / dataset / FIRST} ")
    assert contents(own / dataset) == {FIRST: DAMAGE[damage]}
    assert mirror.asked == []


def test_what_the_users_folder_lacks_comes_from_the_cache_and_never_from_the_network(
    own, cache, mirror
):
    put(own / "mnist", {FIRST: ZIPPED[FIRST]})
    put(cache / "mnist", {name: raw for name, raw in ZIPPED.items() if name != FIRST})
    assert_is_the_data(mnist.load())
    (cache / "mnist" / f"{NAMES[3]}.gz").unlink()
    with pytest.raises(DatasetUnavailable, match="not the network, because MINIRELPRUNE_DATA is"):
        mnist.load()
    assert mirror.asked == []
    assert contents(own / "mnist") == {FIRST: ZIPPED[FIRST]}


def test_a_folder_with_the_name_of_a_file_is_not_the_file(own, cache):
    (own / "mnist" / FIRST).mkdir(parents=True)  # as some unzipping programs make
    put(cache / "mnist", ZIPPED)
    assert_is_the_data(mnist.load())


def test_an_empty_variable_is_no_folder(cache, monkeypatch, tmp_path):
    monkeypatch.setenv("MINIRELPRUNE_DATA", "")
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "mnist", {FIRST: b"not to be looked at"})
    put(cache / "mnist", ZIPPED)
    assert_is_the_data(mnist.load())


def test_a_tilde_is_the_users_home(cache, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("MINIRELPRUNE_DATA", "~/data")
    put(tmp_path / "data" / "mnist", ZIPPED)
    assert_is_the_data(mnist.load())


# Copies that other programs keep


def test_the_copies_of_torchvision_are_found(own):
    raw = own / "MNIST" / "raw"
    put(raw, {**CONTENTS, **ZIPPED})  # it keeps both
    put(own / "FashionMNIST" / "raw", CONTENTS)
    assert_is_the_data(mnist.load("mnist"))
    assert_is_the_data(mnist.load("fashion-mnist"))
    assert [file.location for file in mnist.status("mnist")] == [raw / name for name in ZIPPED]


@pytest.mark.parametrize("place", ["mnist", "", "MNIST/raw", "raw"])
@pytest.mark.parametrize("suffix", ["", ".gz"])
@pytest.mark.parametrize("mark", ["-", "."])
def test_the_files_are_found_wherever_they_lie_and_however_they_are_spelt(own, place, suffix, mark):
    files = ZIPPED if suffix else CONTENTS
    put(own / place, {name.replace("-idx", f"{mark}idx"): raw for name, raw in files.items()})
    assert_is_the_data(mnist.load())
    assert all(file.verified for file in mnist.status("mnist"))


KEYS = ("x_train", "y_train", "x_test", "y_test")


@both
@pytest.mark.parametrize("place", ["mnist", ""])
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_the_copy_of_keras_is_found(own, dataset, place, save):
    place = own / place.replace("mnist", dataset)
    place.mkdir(parents=True)
    arrays = dict(zip(KEYS, ARRAYS, strict=True))
    arrays["x_test"] = np.asfortranarray(arrays["x_test"])  # the same array, laid out otherwise
    save(place / f"{dataset}.npz", **arrays)
    assert_is_the_data(mnist.load(dataset))
    assert {file.location for file in mnist.status(dataset)} == {place / f"{dataset}.npz"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (ARRAYS[0] ^ 1, "is not the published file: sha256"),
        (ARRAYS[0].reshape(5, -1), r"shape \(5, 784\), not uint8 of shape \(5, 28, 28\)"),
        (ARRAYS[0].transpose(0, 2, 1), "is not the published file: sha256"),
        (ARRAYS[0].astype(np.int64) + 256, "int64 of shape"),
        (ARRAYS[0].astype(object), "is no .npz with x_train: Object arrays cannot be loaded"),
        (None, "is no .npz with x_train: "),
    ],
)
def test_an_npz_with_other_arrays_is_not_believed(own, cache, changed, words):
    own.mkdir()
    arrays = dict(zip(KEYS, [changed, *ARRAYS[1:]], strict=True))
    np.savez(own / "mnist.npz", **{key: a for key, a in arrays.items() if a is not None})
    put(cache / "mnist", ZIPPED)
    with pytest.raises(ValueError, match=words) as caught:
        mnist.load()
    assert str(caught.value).startswith(str(own / "mnist.npz"))


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"<!DOCTYPE html>", "half"])
def test_a_damaged_npz_is_named(own, damage):
    own.mkdir()
    np.savez(own / "mnist.npz", **dict(zip(KEYS, ARRAYS, strict=True)))
    raw = (own / "mnist.npz").read_bytes()
    put(own, {"mnist.npz": raw[: len(raw) // 2] if damage == "half" else damage})
    with pytest.raises(ValueError, match=r"mnist\.npz is no \.npz with x_train: "):
        mnist.load()


def test_in_a_folder_for_either_the_other_data_set_is_no_damage(own, cache, monkeypatch):
    others = [array ^ 1 for array in ARRAYS]
    monkeypatch.setitem(CATALOGUE, "fashion-mnist", Published((), known(others)))
    files = dict(zip(NAMES, map(plain, others), strict=True))
    put(own, files)
    put(cache / "mnist", ZIPPED)
    assert all(file.verified for file in mnist.status("fashion-mnist"))
    assert_is_the_data(mnist.load("mnist"))
    put(own / "mnist", files)  # but here it is, as this is the folder of MNIST
    with pytest.raises(ValueError, match="is not the published file"):
        mnist.load("mnist")


@pytest.mark.parametrize(
    ("files", "holding"),
    [
        ({}, "{own} is empty"),
        ({"a.csv": b""}, "{own} holds a.csv"),
        ({f"{k}.csv": b"" for k in range(9)}, "{own} holds 0.csv, 1.csv, 2.csv, 3.csv, 4.csv and"),
        ({"mnist/train.csv": b""}, "{own} holds mnist; {own}/mnist holds train.csv"),
        ({"MNIST/raw/a.csv": b""}, "{own} holds MNIST; {own}/MNIST/raw holds a.csv"),
        (None, "{own} cannot be read: No such file or directory"),
    ],
)
def test_a_folder_without_the_data_is_named_with_what_is_there_instead(own, mirror, files, holding):
    if files is not None:
        own.mkdir()
    for name, raw in (files or {}).items():
        put((own / name).parent, {Path(name).name: raw})
    with pytest.raises(DatasetUnavailable) as caught:
        mnist.load()
    first, *others = str(caught.value).splitlines()
    at = f"mnist/{FIRST} is not in MINIRELPRUNE_DATA={own}: "
    assert first.startswith(at + holding.format(own=own))
    others = "\n".join(others)
    for name in (FIRST, NAMES[0], "train-images.idx3-ubyte", "mnist.npz"):
        assert f" {name} " in others
    for place in (own / "mnist", own, own / "MNIST" / "raw"):
        assert f" {place}," in others
    with pytest.warns(SyntheticDataWarning) as warned:
        load_dataset("auto", n_train=2, n_test=2)
    assert str(warned[0].message).endswith(first)
    assert mirror.asked == []


# The cache and the network


@both
def test_a_download_is_kept(cache, mirror, dataset):
    assert_is_the_data(mnist.load(dataset))
    assert contents(cache / dataset) == ZIPPED
    assert_is_the_data(mnist.load(dataset))
    assert mirror.asked == list(ZIPPED)


@pytest.mark.parametrize("damage", DAMAGE)
@both
def test_a_corrupted_cache_is_fetched_again(cache, mirror, dataset, damage):
    put(cache / dataset, {**ZIPPED, FIRST: DAMAGE[damage]})
    assert_is_the_data(mnist.load(dataset))
    assert mirror.asked == [FIRST]
    assert contents(cache / dataset) == ZIPPED


def test_a_cached_file_that_cannot_be_read_is_fetched_again(cache, mirror, monkeypatch):
    def broken_once(path, read=idx.read):
        monkeypatch.setattr(idx, "read", read)
        raise OSError("input/output error")

    put(cache / "mnist", ZIPPED)
    monkeypatch.setattr(idx, "read", broken_once)
    assert_is_the_data(mnist.load())
    assert mirror.asked == [FIRST]


@both
def test_a_corrupted_cache_is_not_used_offline_either(cache, dataset):
    put(cache / dataset, {**ZIPPED, FIRST: DAMAGE["another file"]})
    with pytest.raises(DatasetUnavailable, match=f"{FIRST} is not the published file"):
        mnist.load(dataset)


@pytest.mark.parametrize("damage", DAMAGE)
@both
def test_a_download_that_is_not_the_file_is_thrown_away_and_the_next_mirror_asked(
    cache, mirror, monkeypatch, dataset, damage
):
    with serving({**ZIPPED, FIRST: DAMAGE[damage]}) as bad:
        publish(monkeypatch, bad.address, mirror.address)
        assert_is_the_data(mnist.load(dataset))
    assert bad.asked == list(ZIPPED)
    assert mirror.asked == [FIRST]
    assert contents(cache / dataset) == ZIPPED


def test_a_mirror_without_the_file_or_without_a_server_is_passed_over(cache, mirror, monkeypatch):
    with serving({}) as gone:
        publish(monkeypatch, gone.address)
        with pytest.raises(DatasetUnavailable, match="404"):
            mnist.load()
        assert contents(cache / "mnist") == {}
        publish(monkeypatch, gone.address, mirror.address)
        assert_is_the_data(mnist.load())
    publish(monkeypatch, gone.address, mirror.address)
    put(cache / "mnist", {FIRST: b""})
    assert_is_the_data(mnist.load())


def test_a_mirror_that_says_nothing_is_passed_over(cache, mirror, monkeypatch):
    monkeypatch.setattr("minirelprune.data.fetch._TIMEOUT", 0.05)
    told = threading.Event()
    with serving(ZIPPED) as silent:
        silent.before_answer = lambda: told.wait(5)
        publish(monkeypatch, silent.address, mirror.address)
        put(cache / "mnist", {name: raw for name, raw in ZIPPED.items() if name != FIRST})
        assert_is_the_data(mnist.load())
        told.set()
    assert mirror.asked == [FIRST]


def test_bad_downloads_leave_nothing_behind(cache, monkeypatch):
    with serving({FIRST: DAMAGE["web page"]}) as bad:
        publish(monkeypatch, bad.address)
        with pytest.raises(DatasetUnavailable, match=r"the download begins with .*: a web page"):
            mnist.load()
    assert contents(cache / "mnist") == {}


def test_a_cache_that_cannot_be_written_is_no_reason_to_crash(cache, mirror):
    cache.parent.mkdir()
    cache.write_bytes(b"a file where the folder should be")
    with pytest.raises(DatasetUnavailable, match=f"{cache / 'mnist'} cannot be written to: "):
        mnist.load()


def test_a_folder_of_someone_elses_is_no_reason_to_crash(as_a_user, mirror, monkeypatch):
    cache = as_a_user / "minirelprune" / "mnist"
    put(cache, ZIPPED)
    monkeypatch.setattr(pooch, "os_cache", lambda project: as_a_user / project)
    for closed in (cache.parent, cache):
        closed.chmod(0)
        with pytest.raises(DatasetUnavailable, match="cannot be read: Permission denied"):
            mnist.load(download=False)
        with pytest.raises(DatasetUnavailable, match="cannot be written to"):
            mnist.load()
        with pytest.warns(SyntheticDataWarning, match="MNIST IS NOT HERE"):
            assert load_dataset("auto", n_train=2, n_test=2).name == "synthetic"
        assert {file.location for file in mnist.status("mnist")} == {None}
        closed.chmod(0o700)
    assert_is_the_data(mnist.load())
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(as_a_user / "own"))
    (as_a_user / "own").mkdir(mode=0)
    assert_is_the_data(mnist.load())
    cache.rename(as_a_user / "elsewhere")
    with pytest.raises(DatasetUnavailable, match="own cannot be read: Permission denied"):
        mnist.load()


def test_a_file_that_may_not_be_read_is_named(as_a_user, cache, monkeypatch):
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(as_a_user))
    put(as_a_user / "mnist", ZIPPED)
    (as_a_user / "mnist" / FIRST).chmod(0)
    with pytest.raises(ValueError, match=f"Permission denied: '.*{FIRST}'; replace it, or unset"):
        mnist.load()


def test_a_read_only_cache_is_read(as_a_user, mirror, monkeypatch):
    monkeypatch.setattr(pooch, "os_cache", lambda project: as_a_user / project)
    cache = as_a_user / "minirelprune" / "mnist"
    put(cache, ZIPPED)
    for path in (*cache.iterdir(), cache, cache.parent):
        path.chmod(0o500)
    assert_is_the_data(mnist.load())
    assert mirror.asked == []
    for path in (cache.parent, cache):
        path.chmod(0o700)


FAULTY = """
import json, os, pathlib, resource, signal, sys
import pooch
from minirelprune.data import fetch, mnist
from minirelprune.data.catalogue import CATALOGUE, Published
from minirelprune.data.catalogue import KnownFile
address, cache, fault = sys.argv[1:4]
files = [KnownFile(name, tuple(shape), sha256) for name, shape, sha256 in json.loads(sys.argv[4])]
CATALOGUE["mnist"] = Published((address,), tuple(files))
pooch.os_cache = lambda project: pathlib.Path(cache)
if fault == "full disk":
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
else:
    fetch.genuine = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
mnist.load()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")
@pytest.mark.parametrize("fault", ["killed", "full disk"])
def test_a_download_that_does_not_end_leaves_nothing_half_and_is_begun_again(cache, mirror, fault):
    files = json.dumps(CATALOGUE["mnist"].files)
    command = [sys.executable, "-c", FAULTY, mirror.address, str(cache), fault, files]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if fault == "killed":
        assert ended.returncode == -signal.SIGKILL
    else:
        assert f"{cache / 'mnist'} cannot be written to: [Errno" in ended.stderr
    assert not list((cache / "mnist").glob("[!.]*"))
    assert_is_the_data(mnist.load())
    assert {
        name: raw for name, raw in contents(cache / "mnist").items() if name in ZIPPED
    } == ZIPPED


def test_without_download_the_network_is_not_asked(cache, mirror):
    with pytest.raises(DatasetUnavailable, match=r"mnist/train-images-idx3-ubyte\.gz is not on"):
        mnist.load(download=False)
    assert mirror.asked == []
    put(cache / "mnist", ZIPPED)
    assert_is_the_data(mnist.load(download=False))


@both
def test_the_error_says_what_to_do_and_what_was_tried(cache, dataset, monkeypatch):
    with serving({}) as gone:
        pass
    publish(monkeypatch, gone.address)
    with pytest.raises(DatasetUnavailable) as caught:
        mnist.load(dataset)
    for words in (
        f"set MINIRELPRUNE_DATA to a folder that holds {dataset}/{FIRST}",
        "connect to the network and run `minirelprune data --download`",
        "use `--data synthetic`",
        f"in {cache / dataset}\n",
        f"{gone.address}{FIRST}: ",
    ):
        assert words in str(caught.value)


def test_processes_that_start_at_once_all_get_the_data(cache, mirror):
    script = """
import json, pathlib, sys
import pooch
from minirelprune.data import mnist
from minirelprune.data.catalogue import CATALOGUE, KnownFile, Published
address, cache, files = json.loads(sys.argv[1])
pooch.os_cache = lambda project: pathlib.Path(cache)
files = tuple(KnownFile(name, tuple(shape), sha256) for name, shape, sha256 in files)
CATALOGUE["mnist"] = Published((address,), files)
print(sum(float(array.sum()) for array in mnist.load()))
"""
    # The first answer waits for the second question, so that the downloads surely overlap.
    barrier = threading.Barrier(2)
    mirror.before_answer = lambda: mirror.asked.count(FIRST) < 3 and barrier.wait(30)
    files = [tuple(known) for known in CATALOGUE["mnist"].files]
    command = [sys.executable, "-c", script, json.dumps([mirror.address, str(cache), files])]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert printed[0] == printed[1] != ""
    assert mirror.asked.count(FIRST) == 2
    assert contents(cache / "mnist") == ZIPPED


@pytest.mark.parametrize("terminal", [True, False])
def test_the_progress_bar_is_for_terminals_only(cache, mirror, monkeypatch, terminal):
    stderr = io.StringIO()
    stderr.isatty = lambda: terminal
    monkeypatch.setattr(sys, "stderr", stderr)
    mnist.load()
    assert ("100%" in stderr.getvalue()) == terminal


# The status


@both
def test_the_status_says_where_each_file_is_and_whether_it_is_genuine(own, cache, mirror, dataset):
    put(own / dataset, {FIRST: ZIPPED[FIRST]})
    put(cache / dataset, {f"{NAMES[1]}.gz": ZIPPED[f"{NAMES[1]}.gz"], f"{NAMES[2]}.gz": b""})
    status = mnist.status(dataset)
    assert [file.file for file in status] == NAMES
    assert [file.location for file in status] == [
        own / dataset / FIRST,
        cache / dataset / f"{NAMES[1]}.gz",
        cache / dataset / f"{NAMES[2]}.gz",
        None,
    ]
    assert [file.verified for file in status] == [True, True, False, False]
    assert [bool(file.problem) for file in status] == [False, False, True, False]
    assert mirror.asked == []
    assert set(contents(cache / dataset)) == {f"{NAMES[1]}.gz", f"{NAMES[2]}.gz"}


@pytest.mark.parametrize("function", [mnist.load, mnist.status])
def test_an_unknown_name_is_an_error_that_lists_the_known_ones(function):
    with pytest.raises(ValueError, match="one of 'mnist', 'fashion-mnist', got 'cifar'"):
        function("cifar")


# What is really published


@both
def test_the_catalogue_is_complete(dataset):
    mirrors, files = CATALOGUE[dataset]
    assert [known.name for known in files] == NAMES
    shapes = [(60_000, 28, 28), (60_000,), (10_000, 28, 28), (10_000,)]
    assert [known.shape for known in files] == shapes
    assert all(len(bytes.fromhex(known.sha256)) == 32 for known in files)
    assert len({known.sha256 for known in files}) == 4
    assert len(mirrors) == 2
    assert all(address.endswith("/") for address in mirrors)


@pytest.mark.skipif(not Path(REAL, "mnist").is_dir(), reason="no $MINIRELPRUNE_DATA/mnist")
def test_the_real_mnist_is_as_it_is_known():
    assert all(file.verified for file in mnist.status("mnist"))
    x_train, y_train, x_test, y_test = mnist.load(download=False)
    assert (x_train.shape, x_test.shape) == ((60_000, 784), (10_000, 784))
    assert Counter(y_train.tolist()) == dict(
        enumerate([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    )
    assert y_test[:5].tolist() == [7, 2, 1, 0, 4]
    assert np.count_nonzero(x_train.max(axis=0) == 0) == 67  # the always-black pixels
    # The mean and deviation that everyone normalises MNIST with, to the four digits they are given.
    np.testing.assert_allclose(
        [x_train.mean(dtype=float), x_train.std(dtype=float)], [0.1307, 0.3081], atol=5e-5
    )
