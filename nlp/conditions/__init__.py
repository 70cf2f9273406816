"""The conditions of a job: one module each, a function `read_<name>(source)` that gives what is stated, with its evidence, or nothing."""
