"""The only rooms that know the order of things; the world is touched through shell/ alone."""
