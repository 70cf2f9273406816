"""The staff dashboard: pages rendered on the server, usable without JavaScript."""
