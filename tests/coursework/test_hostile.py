"""A submission is hostile until proven otherwise: none gets a point, or stops the grader."""

import json
import os
import signal
import time
from pathlib import Path
from textwrap import indent
from typing import Any

import numpy as np
import pytest
from coursework.handed_over import RIGHT, graded, setup

from minirelprune.coursework import process
from minirelprune.coursework.channel.calls import Raised
from minirelprune.coursework.isolated import Isolated, Stopped

HOME = Path(process.minirelprune.__file__).parent
HEAD = "import os, sys, time\nimport numpy as np\n\ndef importance(mean, std, **rest):\n"

# The body of `importance`, and a word of what is said of it.
BODIES = {
    "sys.exit": ("sys.exit(0)", "SystemExit"),
    "os._exit": ("os._exit(0)", "ended itself with exit code 0"),
    "abort": ("os.abort()", "crashed (SIGABRT)"),
    "segmentation fault": ("import ctypes\nctypes.string_at(0)", "crashed (SIGSEGV)"),
    "memory": ("return np.ones((1 << 17, 1 << 17))", "MemoryError"),
    "memory in small pieces": ("kept = []\nwhile True: kept.append(bytes(1 << 24))", "MemoryError"),
    "fork": ("if not os.fork(): time.sleep(1000)\nreturn mean", "os.fork is refused"),
    "a process": ("import subprocess\nsubprocess.run(['true'])", "subprocess.Popen is refused"),
    "a shell": ("os.system('true')", "os.system is refused"),
    "a signal to the grader": ("os.kill(os.getppid(), 9)", "os.kill is refused"),
    "the network": ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "is refused"),
    "recursion": ("return importance(mean, std)", "RecursionError"),
    "interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "an error without a text": (
        "class E(Exception):\n    def __str__(self): raise E\nraise E", "an error without a message"
    ),
    "objects": ("return np.array([object()] * 12)", "dtype object cannot be sent"),
    "a generator": ("yield 1", "must return an array, got an object"),
    "too much": ("return np.ones((1 << 12, 1 << 12, 2))", "at most 128 MB can be sent"),
    "deep lists": (
        "value = []\nfor _ in range(100): value = [value]\nreturn value", "nested"
    ),
    "lists that hold themselves": ("value = []\nvalue.append(value)\nreturn value", "Recursion"),
    "the library": ("import minirelprune\nreturn minirelprune.importance(mean, std, **rest)", ""),
    "a module of the library": (
        "from minirelprune.contribution.importance import importance as solution\n"
        "return solution(mean, std, **rest)",
        "is not given in this assignment",
    ),
    "the library by its place": (
        "sys.meta_path[:] = [m for m in sys.meta_path if 'Given' not in repr(m)]\n"
        f"sys.path.insert(0, {str(HOME.parent)!r})\n"
        "for name in [n for n in sys.modules if n.startswith('minirelprune')]:\n"
        "    del sys.modules[name]\n"
        "from minirelprune.contribution.importance import importance as solution\n"
        "return solution(mean, std, **rest)",
        "the library cannot be read",
    ),
    "the source of the library": (
        f"text = open({str(HOME / 'contribution' / 'importance.py')!r}).read()", "cannot be read"
    ),
    "files of the grader": (
        f"import shutil\nshutil.rmtree({str(HOME.parent)!r})", "cannot be changed"
    ),
    "a file elsewhere": (f"open({str(HOME / 'evil.py')!r}, 'w')", "cannot be written"),
    "a lying array": (
        "class Liar(np.ndarray):\n"
        "    def __eq__(self, other): return True\n"
        "    def __array_ufunc__(self, *a, **k): return True\n"
        "    def __array_function__(self, *a, **k): return None\n"
        "return np.zeros(mean.shape).view(Liar)",
        "",
    ),
    "a pickle": (
        "class Evil:\n    def __reduce__(self): return os._exit, (0,)\nreturn Evil()",
        "must return an array, got an object",
    ),
    "a patched NumPy": (
        "np.testing.assert_allclose = lambda *a, **k: None\nnp.allclose = lambda *a, **k: True\n"
        "np.ndarray.__eq__ = None\nreturn mean * 0",
        "",
    ),
    "Hypothesis": ("import hypothesis", "No module named 'hypothesis'"),
    "pytest": ("import pytest", "No module named 'pytest'"),
    "a patched clock": ("time.monotonic = time.time = lambda: 0.0\nreturn 0 * mean", ""),
    "the frames of the callers": (
        "frame, found = sys._getframe(), []\n"
        "while frame:\n    found += list(frame.f_locals)\n    frame = frame.f_back\n"
        "assert not {'law', 'trial', 'expected', 'impl'} & set(found)\nreturn mean * 0",
        "",
    ),
    "an assumption": (
        "class UnsatisfiedAssumption(Exception): pass\nraise UnsatisfiedAssumption('passed')",
        "UnsatisfiedAssumption",
    ),
}  # fmt: skip

# A message of its own on the pipe, in place of an answer.
FORGED = {
    "a verdict": {"answer": "passed"},
    "nothing": None,
    "no JSON": "passed",
    "a list": [1, 2],
    "a call of the grader": {"call": "os.system", "method": "", "args": [[], {}]},
    "a method of the grader": {"call": 0, "method": "__class__", "args": [[], {}]},
    "an object of the grader": {"call": 0, "made": True, "method": "x", "args": [[], {}]},
    "an array that is not there": {"answer": {"array": 7}},
    "negative shapes": {"answer": {"array": 0}, "layout": [["<f8", [-1]]]},
    "a dtype of objects": {"answer": {"array": 0}, "layout": [["O", [1]]]},
    "changes nobody can make": {"answer": 1, "changed": [99], "layout": [["<f8", [0]]]},
    "a record nobody knows": {"answer": {"record": ["Popen", {"args": "true"}]}},
    "an error of the grader": {"raised": ["StopTest", "", ""]},
}
REST = {"changed": [], "held": [], "generators": [], "layout": []}
PIPE = """
text = {text!r}.encode()
import struct
for fd in range(3, 20):
    try: os.write(fd, struct.pack("<QQ", len(text), 0) + text)
    except OSError: pass
return 0 * mean
"""
ENDLESS = "while True: pass"
AT_ONCE = ("os._exit", "memory", "fork", "the library by its place", "a lying array", "a pickle")


def each(cases: dict[str, Any], *fast: str) -> pytest.MarkDecorator:
    """All cases, of which those that are not named are slow."""
    slow = [pytest.param(name, marks=pytest.mark.slow) for name in cases if name not in fast]
    return pytest.mark.parametrize("name", [*fast, *slow])


def forged(name: str) -> str:
    said = FORGED[name]
    if isinstance(said, dict):
        said = {**REST, **said}
    return said if isinstance(said, str) else json.dumps(said)


def module(body: str) -> str:
    return HEAD + indent(body, "    ")


@pytest.fixture
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(process.LIMITS, "RLIMIT_CPU", 1)
    monkeypatch.setattr(process, "WALL", 4)


@each(BODIES, *AT_ONCE)
def test_it_gets_no_point_and_is_told_why(name: str) -> None:
    body, word = BODIES[name]
    [task] = graded("hw3", module(body), "importance").tasks
    eq_2 = task.laws[0].outcome
    assert eq_2.status == "failed"
    assert word in eq_2.reason + eq_2.got
    assert task.points == 0
    assert (HOME / "__init__.py").exists()


@each(FORGED, "a verdict", "changes nobody can make")
def test_a_message_of_its_own_is_no_verdict(name: str) -> None:
    [task] = graded("hw3", module(PIPE.format(text=forged(name))), "importance").tasks
    assert task.laws[0].outcome.status == "failed"
    assert task.status == "failed"


@pytest.mark.usefixtures("_in_a_hurry")
@pytest.mark.parametrize(
    ("body", "word"),
    [
        (ENDLESS, "processor time"),
        pytest.param(
            "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\n" + ENDLESS,
            "processor",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "while True: print('passed' * 1000)", "processor time", marks=pytest.mark.slow
        ),
        ("time.sleep(1000)", "no answer came within"),
        pytest.param(
            "import threading\nthreading.Event().wait()", "no answer", marks=pytest.mark.slow
        ),
    ],
)
def test_it_is_ended_when_its_time_is_up(body: str, word: str) -> None:
    started = time.monotonic()
    [task] = graded("hw3", module(body), "importance").tasks
    assert task.points == 0
    assert word in task.laws[0].outcome.reason
    assert "used up its time" in task.laws[1].outcome.reason
    assert time.monotonic() - started < 20


@pytest.mark.usefixtures("_in_a_hurry")
def test_an_endless_import_is_ended_too() -> None:
    found = graded("hw3", ENDLESS)
    assert "processor time" in found.problem
    assert found.points == 0


@pytest.mark.slow
def test_a_later_task_is_graded_all_the_same() -> None:
    text = module("os._exit(0)") + "\n\ndef batch_means(values, n):\n    os._exit(1)\n"
    found = graded("hw3", text, "importance", "batches")
    assert [task.points for task in found.tasks] == [0, 0]
    found = graded(
        "hw3", RIGHT + "\n    def tail_index(values, k):\n        import os; os._exit(0)\n"
    )
    assert found.points == 20


def test_what_is_printed_is_kept_in_part_and_says_nothing() -> None:
    found = graded("hw3", "print('passed ' * 10_000)\n" + module("return 0 * mean"), "importance")
    assert found.printed.startswith("passed passed")
    assert len(found.printed) <= process.PRINTED
    assert found.tasks[0].status == "failed"


def test_it_inherits_no_secrets_and_its_folder_goes_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "1234")
    text = "import os\ndef seen(): return [dict(os.environ), os.getcwd(), os.listdir('.')]\n"
    with Isolated(setup("hw3", text)) as child:
        environment, folder, files = child.call("seen")
        assert "1234" not in environment.values()
        assert files == ["hw3.py"]
        assert Path(folder).exists()
    assert not Path(folder).exists()


def test_what_it_started_ends_with_it() -> None:
    """A fork past the audit hook stays in the group of the child, which is killed."""
    text = """
        import ctypes, os, time
        def split():
            child = ctypes.CDLL(None).fork()
            if child == 0:
                time.sleep(1000)
            return child
    """
    with Isolated(setup("hw3", text)) as child:
        try:
            started = child.call("split")
        except Raised as error:  # for want of processes, where the grader is not root
            pytest.skip(str(error))
    if started > 0:
        time.sleep(0.2)
        state = Path(f"/proc/{started}/stat")
        assert not state.exists() or state.read_text().split()[2] == "Z"


def test_after_its_end_every_call_is_refused() -> None:
    with Isolated(setup("hw3", "def f(): return 1")) as child:
        os.kill(child._child._process.pid, signal.SIGKILL)
        for _ in range(2):
            with pytest.raises(Stopped):
                child.call("f")


def test_arrays_come_back_as_plain_arrays_with_their_numbers() -> None:
    text = "import numpy as np\ndef f(x): return [np.matrix(x), x[::-1].T, np.float64(2), x > 1]\n"
    x = np.arange(6.0).reshape(2, 3)
    with Isolated(setup("hw3", text)) as child:
        matrix, turned, number, mask = child.call("f", x)
    assert [type(one) for one in (matrix, turned, mask)] == [np.ndarray] * 3
    assert (matrix == x).all()
    assert (turned == x[::-1].T).all()
    assert number == 2
    assert mask.dtype == np.bool_
