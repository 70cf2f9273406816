"""One module per group of commands; each adds itself to the command line."""
