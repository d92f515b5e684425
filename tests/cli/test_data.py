"""`minirelprune data`: what it says of files, and `--download`."""

import functools
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pooch
import pytest

from minirelprune.cli import main
from minirelprune.data import idx
from minirelprune.data.catalogue import CATALOGUE, KnownFile, Published

ARRAYS = {
    known.name: np.full(shape, k, np.uint8)
    for k, (known, shape) in enumerate(
        zip(CATALOGUE["mnist"].files, [(2, 28, 28), (2,), (1, 28, 28), (1,)], strict=True)
    )
}


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache; tiny files are published as both data sets on a server of this machine."""
    for name, array in ARRAYS.items():
        idx.write(tmp_path / "mirror" / f"{name}.gz", array)
    handler = functools.partial(_Handler, directory=str(tmp_path / "mirror"))
    files = tuple(
        KnownFile(name, array.shape, sha256(array.tobytes()).hexdigest())
        for name, array in ARRAYS.items()
    )
    monkeypatch.delenv("MINIRELPRUNE_DATA", raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(pooch, "os_cache", lambda project: tmp_path / "cache")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        for name in CATALOGUE:
            monkeypatch.setitem(CATALOGUE, name, Published((address,), files))
        thread = threading.Thread(target=server.serve_forever, args=(0.005,))
        thread.start()
        yield tmp_path / "cache"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("names", [["mnist"], ["fashion-mnist"], ["mnist", "fashion-mnist"]])
def test_download_fetches_what_is_missing_or_damaged(
    names: list[str], cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = ["--data", names[0]] if len(names) == 1 else []
    first = cache / names[0] / "train-images-idx3-ubyte.gz"
    first.parent.mkdir(parents=True)
    first.write_bytes(b"damaged")
    assert main(["data", *one]) == 1
    out = capsys.readouterr().out
    assert (out.count("verified"), out.count("missing")) == (0, 4 * len(names) - 1)
    for name in names:
        assert f"to get it, type: minirelprune data --download --data {name}\n" in out
    assert f"{first} begins with the bytes 64 61 6d 61 where IDX has 00 00" in out
    assert f"  looked for in {cache / names[0]}\n" in out
    assert main(["data", "--download", *one]) == 0
    out = capsys.readouterr().out
    assert (out.count("verified"), out.count("missing")) == (4 * len(names), 0)
    assert "looked for" not in out
    assert "type:" not in out
    assert main(["data", *one]) == 0
    assert {path.name for path in cache.iterdir()} == set(names)


def test_a_folder_of_the_users_is_named_and_the_network_is_left_alone(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own"
    (own / "pictures").mkdir(parents=True)
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(own))
    assert main(["data"]) == 1
    holding = f"MINIRELPRUNE_DATA={own}: {own} holds pictures"
    out = capsys.readouterr().out
    assert f"  looked for in {holding}; then in {cache / 'mnist'}\n" in out
    assert f"to use it, put these files into {own / 'mnist'}\n" in out
    assert "or type: unset MINIRELPRUNE_DATA; minirelprune data --download --data mnist\n" in out
    assert main(["data", "--download"]) == 1
    message = capsys.readouterr().err
    assert f"is not in {holding}.\n" in message
    assert "unset MINIRELPRUNE_DATA, connect to the network" in message
    assert not cache.exists()


def test_a_download_that_fails_exits_with_1_and_says_what_was_tried(
    cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mirror" / "t10k-labels-idx1-ubyte.gz").unlink()
    assert main(["data", "--download"]) == 1
    assert "t10k-labels-idx1-ubyte.gz: 404" in capsys.readouterr().err
    assert len(list((cache / "mnist").iterdir())) == 3  # what came is kept


def test_a_damaged_file_of_the_users_is_named_and_the_exit_code_is_1(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["data", "--download", "--data", "mnist"])
    own = tmp_path / "own"
    (cache / "mnist").rename(own)
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(own))
    assert main(["data", "--data", "mnist"]) == 0
    damaged = own / "t10k-images-idx3-ubyte.gz"
    damaged.write_bytes(b"damaged")
    capsys.readouterr()
    assert main(["data", "--data", "mnist"]) == 1
    out = capsys.readouterr().out
    assert out.count("verified") == 3
    assert f"to use it, replace {damaged}\n" in out
