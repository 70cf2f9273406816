"""Order, retries and gates: the Prefect flows."""
