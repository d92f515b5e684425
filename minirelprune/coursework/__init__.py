"""Assignments whose solution is the library, and whose grader is its laws.

Read `assignment` (what a task is), `hw1` to `hw6` (the assignments), `skeleton` (what a student
gets) and `grading` (how it is graded). `process`, `isolated` and `channel` run a student's code
where it cannot do harm.
"""
