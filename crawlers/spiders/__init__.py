"""Spider bases: one per way a board shows its advertisements. A platform is a few attributes on one of them."""
