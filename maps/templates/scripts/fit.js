/* Where a map looks: at what its page is about, and again when its room has changed, until the reader looks elsewhere. */
(function (tesoma) {
  "use strict";

  /* So many zooms farther away at most, for the district's boundary to be seen whole: the map is about homes, which are
     small on a narrow one. */
  const FARTHER = 0.5, FARTHER_NARROW = 0.25, NARROW_PX = 480;

  /** Whether a map is as narrow as on a phone: what is on it is smaller then, and it is farther away less. */
  tesoma.isNarrow = (map) => map.getSize().x < NARROW_PX;

  /** What a page shows, with the district's boundary where that costs little. */
  tesoma.withBoundary = function (map, { boundary }, bounds, padding) {
    if (!boundary) return bounds;
    const whole = L.latLngBounds(boundary).extend(bounds), room = L.point(padding).multiplyBy(2);
    const farther = tesoma.isNarrow(map) ? FARTHER_NARROW : FARTHER;
    const zoomOf = (one) => map.getBoundsZoom(L.latLngBounds(one), false, room);
    const seen = zoomOf(whole) >= zoomOf(bounds) - farther ? whole : L.latLngBounds(bounds), { frame } = map.tesoma;
    /* What a phone is told below its map; the page has guessed it, so that nothing moves. */
    if (!frame.classList.contains("on-paper")) frame.classList.toggle("cut-narrow", !seen.contains(boundary));
    return seen;
  };

  /** Looks there now, and whenever the room changes while the reader has not looked elsewhere. */
  tesoma.fit = function (map, look) {
    const { tesoma: own } = map;
    own.fitting = true;
    look();
    own.fitting = false;
    Object.assign(own, { fitted: look, fittedTo: map.getSize() });
  };

  tesoma.mapStarters.push(function (map) {
    const { tesoma: own } = map, element = map.getContainer();
    /* Rooms that were looked at since the reader or the window did something. What is told beside a map follows from its
       view and takes room from it: where that gives the room back the view stays, or the two follow from each other for ever. */
    const rooms = new Set();
    for (const what of ["resize", "pointerdown", "keydown"]) addEventListener(what, () => rooms.clear(), true);
    /* Where the map ends Leaflet moves it back by itself. */
    map.on("movestart", () => { if (!own.fitting && !map._enforcingBounds) own.fitted = null; });
    const room = new ResizeObserver(function () {
      if (!element.offsetWidth || own.frame.classList.contains("on-paper")) return;
      map.invalidateSize({ animate: false, pan: false });
      const size = map.getSize(), { fittedTo } = own;
      if (!own.fitted || fittedTo.equals(size) || (rooms.has(String(size)) && fittedTo.x <= size.x && fittedTo.y <= size.y)) return;
      rooms.add(String(fittedTo)).add(String(size));
      tesoma.fit(map, own.fitted);
    });
    room.observe(element);
    map.on("unload", () => room.disconnect());
  });
})(window.tesoma);
