"""How does a scan become sections? Everything that writes to an archive."""
