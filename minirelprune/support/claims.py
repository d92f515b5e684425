"""Work that several processes share: each piece is claimed by one of them at a time."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from minirelprune.support.files import fcntl

_HELD = (errno.EACCES, errno.EAGAIN)  # what POSIX says of a byte that another process has locked


@contextmanager
def claimed(path: str | os.PathLike[str], number: int) -> Iterator[bool]:
    """Claim a piece of work for the block; False if another process has claimed it.

    The claim ends with the block, or with the process, however that ends. A process claims one
    piece at a time. Where nothing can be locked (on Windows, and on file systems without locks)
    every claim is granted.

    Parameters
    ----------
    path : a file that all of these processes know. It is made if it is missing, and stays empty.
    number : of the piece of work, a whole number in [0, 2**32). It is the byte that is locked.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, claimed(f"{folder}/lock", 7) as granted:
    ...     granted
    True
    """
    if fcntl is None:
        yield True
        return
    with open(path, "ab") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
        except OSError as error:
            granted = error.errno not in _HELD
        else:
            granted = True
        yield granted
