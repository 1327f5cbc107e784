"""A school's record in PostgreSQL: events of many learners, seen by their owners and teachers."""
