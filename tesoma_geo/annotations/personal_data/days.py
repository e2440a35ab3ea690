"""How days and times of day are written in figures: they look like parts of numbers, and are none."""

#: A day with its year in full, with any of the usual signs; patterns of regular expressions, without their borders.
DAY_IN_FULL = r"(?:[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)"
#: A time of day after it.
TIME_OF_DAY = r"[0-2]?\d[.:][0-5]\d"
