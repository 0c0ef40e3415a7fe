"""Files made to break readers, with the reason that each must be named with."""
