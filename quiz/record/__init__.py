"""The record of learners and sessions."""
