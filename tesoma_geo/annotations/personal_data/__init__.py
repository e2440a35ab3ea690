"""What in a text may tell who somebody is: a recogniser a file, and :mod:`.recognise`, which asks them all."""
