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

  /** Looks there now, and whenever the room changes while the reader has not looked elsewhere. Where the room is given back,
      `stay` is done instead. */
  tesoma.fit = function (map, look, stay = () => {}) {
    const { tesoma: own } = map;
    own.fitting = true;
    look();
    own.fitting = false;
    Object.assign(own, { fitted: look, stay, fittedTo: map.getSize() });
  };

  /** The same for a place that was asked for: it is in the middle also where the map ends before its room does. What lies
      beyond the map is looked at as near as the map goes. */
  tesoma.fitMiddle = function (map, middle, look) {
    const { maxBounds } = map.options;
    if (!maxBounds.contains(middle)) {
      tesoma.fit(map, look);
      return;
    }
    const beyond = (how) => function () {
      map.setMaxBounds(null);
      how();
      map.setMaxBounds(map.getBounds().extend(maxBounds));
    };
    tesoma.fit(map, beyond(look), beyond(() => map.setView(middle, map.getZoom(), { animate: false })));
  };

  /** A map that is told where to look stays there. Leaflet ends what glides before it looks elsewhere, and what glided back
      to where the map ends would begin anew by that, and go on from the new view. */
  tesoma.endGliding = function (map) {
    map._stop = function () {
      const { _enforcingBounds: enforcing } = map;
      map._enforcingBounds = true;
      L.Map.prototype._stop.call(map);
      map._enforcingBounds = enforcing;
      return map;
    };
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
      if (!own.fitted) return;
      if (fittedTo.equals(size) || (rooms.has(String(size)) && fittedTo.x <= size.x && fittedTo.y <= size.y)) {
        own.fitting = true;
        own.stay();
        own.fitting = false;
        return;
      }
      rooms.add(String(fittedTo)).add(String(size));
      tesoma.fit(map, own.fitted, own.stay);
    });
    room.observe(element);
    map.on("unload", () => room.disconnect());
  });
})(window.tesoma);
