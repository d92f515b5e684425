"""Every exception survives pickling, as it may have to come home from a worker."""

import inspect
import pickle
import pkgutil
from importlib import import_module

import pytest

import minirelprune
from minirelprune import TrainingDiverged
from minirelprune.coursework.channel.calls import Raised
from minirelprune.experiments.trials.runner import TrialsFailed

ARGUMENTS: dict[type, tuple] = {  # of those that do not take a text
    TrainingDiverged: (3, 7, 1e30),
    Raised: ("ValueError", "what went wrong", "line 3"),
}

EXCEPTIONS = {
    member
    for module in pkgutil.walk_packages(minirelprune.__path__, "minirelprune.")
    if not module.name.endswith("__main__")
    for _, member in inspect.getmembers(import_module(module.name), inspect.isclass)
    if issubclass(member, BaseException) and member.__module__.startswith("minirelprune.")
}


def test_the_exceptions_are_found() -> None:
    assert {TrainingDiverged, TrialsFailed, minirelprune.EmptiedWarning} <= EXCEPTIONS


@pytest.mark.parametrize("kind", sorted(EXCEPTIONS, key=lambda kind: kind.__name__))
def test_an_exception_comes_home_as_it_was(kind: type[BaseException]) -> None:
    error = kind(*ARGUMENTS.get(kind, ("what went wrong",)))
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert (back.args, str(back), vars(back)) == (error.args, str(error), vars(error))
