"""Exams: drawn by blueprint, timed, graded at the end."""
