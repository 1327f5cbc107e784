"""The screens of exams."""
