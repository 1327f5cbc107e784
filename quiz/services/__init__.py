"""What a front end calls: the workspace, home, study, exams, drills, statistics."""
