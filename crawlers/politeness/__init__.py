"""How we behave towards boards: whom we ask, how often, and what we leave alone."""
