"""Training a learner's own FSRS parameters, and discarding them."""
