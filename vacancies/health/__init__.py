"""The health of sources: what each collection brought, what is usual for a board, and what is not usual now."""
