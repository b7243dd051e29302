"""Tables written for this program; each is read by one module only."""
