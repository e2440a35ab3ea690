"""A charrette at the map: the wall, residents' phones, moderation, rounds."""
