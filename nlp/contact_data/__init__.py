"""Contact data of people in advertisements: addresses, numbers, profiles and names, each found by its own module."""
