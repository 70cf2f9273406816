"""Sample boards: five job boards served on this machine from authored advertisements, for the demo and the tests."""
