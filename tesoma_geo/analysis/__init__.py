"""What follows from the inputs: why, how sure, as residents live it, in winter."""
