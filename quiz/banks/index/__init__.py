"""The index of banks, which spares parsing files again."""
