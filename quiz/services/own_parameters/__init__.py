"""Training a learner's own FSRS parameters, and taking them back."""
