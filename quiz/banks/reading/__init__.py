"""From a parsed file to a bank: fields, types and diagnostics."""
