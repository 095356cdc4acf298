"""A district's data files: read from a folder, checked to the last cell, made into one immutable District."""
