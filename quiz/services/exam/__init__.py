"""Starting and sitting exams, and their results."""
