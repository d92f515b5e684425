import subprocess
import sys
from pathlib import Path

import pytest

from minirelprune.support import files


def test_a_block_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    files.write_whole(path, "old")

    def half() -> None:
        with files.written_whole(path) as temporary:
            temporary.write_text("half")
            assert temporary.suffix == ".txt"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "old")]


def test_missing_folders_are_made_and_text_is_utf_8(tmp_path: Path) -> None:
    files.write_whole(tmp_path / "new" / "folder" / "a.txt", "σ")
    assert (tmp_path / "new" / "folder" / "a.txt").read_bytes() == "σ".encode()


@pytest.mark.skipif(files.fcntl is None, reason="Windows locks what is open by itself")
def test_processes_that_lock_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_text("0")
    program = (
        "import sys; from minirelprune.support.files import locked\n"
        "for _ in range(50):\n"
        "    with locked(sys.argv[1], 'r+b') as file:\n"
        "        n = int(file.read()); file.seek(0); file.write(b'%d' % (n + 1))\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program, str(path)]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    assert path.read_text() == "150"
