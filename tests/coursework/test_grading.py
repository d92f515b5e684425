"""The grader is graded: the library has all points, a skeleton none, and the same grade twice."""

import pytest
from coursework.handed_over import RIGHT, WRONG, graded

from minirelprune.coursework.assignments import ASSIGNMENTS
from minirelprune.coursework.grading import Grade, grade
from minirelprune.coursework.skeleton import module_text
from minirelprune.coursework.solution import solution, submitted_solution
from minirelprune.coursework.student import Own

HALF = """
    def batch_means(values, n):
        return values[: len(values) // n * n].reshape(-1, n, *values.shape[1:]).mean(axis=1)

    def importance(mean, std, **settings):
        raise NotImplementedError
"""


def outcomes(found: Grade) -> dict[str, str]:
    return {law.name: law.outcome.status for task in found.tasks for law in task.laws}


@pytest.mark.slow
@pytest.mark.parametrize("name", ASSIGNMENTS)
@pytest.mark.parametrize("where", [solution, submitted_solution])
def test_the_library_has_all_points(name: str, where: object) -> None:
    found = grade(ASSIGNMENTS[name], where(ASSIGNMENTS[name]))  # type: ignore[operator]
    assert set(outcomes(found).values()) == {"passed"}
    assert found.points == found.worth == 100
    assert found.passed
    assert found.seconds < 60


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_skeleton_has_no_points_and_keeps_no_law(name: str) -> None:
    found = graded(name, module_text(ASSIGNMENTS[name]))
    assert found.points == 0
    assert set(outcomes(found).values()) == {"not started"}
    assert not found.passed
    assert not found.problem


def test_the_library_has_the_points_of_a_small_task_here_and_in_a_child() -> None:
    for where in (solution, submitted_solution):
        found = grade(ASSIGNMENTS["hw4"], where(ASSIGNMENTS["hw4"]), tasks=["entropy"])
        assert (found.points, found.worth, found.passed) == (12, 12, True)


def test_a_right_function_in_an_unfinished_module_has_its_points() -> None:
    found = graded("hw3", HALF, "importance", "batches", "tails")
    assert [task.status for task in found.tasks] == ["not started", "passed", "not started"]
    assert found.points == 15


def test_a_wrong_function_is_shown_with_the_smallest_counterexample() -> None:
    found = graded("hw3", WRONG, "importance")
    [task] = found.tasks
    assert task.status == "failed"
    first, linear, order = (law.outcome for law in task.laws)
    assert first.status == "failed"
    assert first.line.startswith("close(result[k], s * (alpha * mean[k] + beta")
    assert first.call.startswith("importance(mean=[[0., 0., 0.]")
    assert first.expected != first.got
    assert "beta=1" in first.call
    assert (linear.status, order.status) == ("passed", "failed")
    assert task.points == 5


@pytest.mark.slow
def test_the_same_submission_has_the_same_grade_twice() -> None:
    one, other = (graded("hw3", WRONG + HALF.replace("importance", "other")) for _ in range(2))
    assert one.tasks == other.tasks


def test_what_raises_is_told_with_its_line() -> None:
    text = RIGHT.replace("return layer_factor", "return undefined_name")
    [task] = graded("hw3", text, "importance").tasks
    assert {law.outcome.status for law in task.laws} == {"failed"}
    reason = task.laws[0].outcome.reason
    assert reason == "NameError: name 'undefined_name' is not defined (line 5)"


def test_what_is_not_written_for_all_arguments_is_failed_not_unstarted() -> None:
    text = RIGHT.replace(
        "return", "if beta > 0.5:\n            raise NotImplementedError\n        return"
    )
    [task] = graded("hw3", text, "importance").tasks
    assert task.laws[0].outcome.status == "failed"
    assert "NotImplementedError" in task.laws[0].outcome.reason


def test_a_module_that_cannot_be_imported_is_a_problem_and_no_crash() -> None:
    found = graded("hw3", "def importance(:\n    pass\n")
    assert found.points == 0
    assert found.problem.startswith("SyntaxError")
    assert "line 1" in found.problem
    assert not found.passed


def test_what_is_of_the_wrong_kind_is_said() -> None:
    [task] = graded(
        "hw3", "def importance(mean, std, **rest):\n    return None\n", "importance"
    ).tasks
    assert task.laws[0].outcome.reason == "TypeError: importance must return an array, got None"
    assert task.points == 0


def test_lists_for_arrays_are_accepted() -> None:
    text = RIGHT.replace("return layer_factor", "return (layer_factor").replace(
        "std))", "std))).tolist()"
    )
    [task] = graded("hw3", text, "importance").tasks
    assert task.status == "passed"


def test_answers_that_change_from_call_to_call_are_not_accepted() -> None:
    counter = iter(range(10**9))

    def importance(mean, std, **rest):  # type: ignore[no-untyped-def]
        return mean + std * (-1) ** next(counter)

    found = grade(ASSIGNMENTS["hw3"], Own({"importance": importance}), tasks=["importance"])
    assert found.points == 0


def test_hidden_laws_are_graded_and_marked() -> None:
    hidden = {"importance_is_eq_2"}
    student = Own({"importance": solution(ASSIGNMENTS["hw3"]).functions["importance"]})
    seen = grade(
        ASSIGNMENTS["hw3"], student, tasks=["importance"], hidden=hidden, with_hidden=False
    )
    every = grade(ASSIGNMENTS["hw3"], student, tasks=["importance"], hidden=hidden)
    assert (seen.worth, every.worth) == (10, 20)
    assert [law.hidden for law in every.tasks[0].laws] == [True, False, False]
