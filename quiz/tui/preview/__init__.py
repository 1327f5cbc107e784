"""A bank as learners will see it, beside its diagnostics."""
