/* On paper the map shows the whole district in daylight colours; afterwards the reader's own view is back. */
(function (tesoma) {
  "use strict";

  /* Height of a map on paper at least, as a part of its width, and room above and below what it shows, in dots. */
  const LEAST_SLOPE = 0.2, AROUND = 56;

  tesoma.mapStarters.push(function (map, options) {
    const element = map.getContainer(), { frame } = map.tesoma;
    let view = null;

    /* The style sheet gives the map its size on paper while the class is there. */
    function laid(onPaper) {
      for (const part of [document.documentElement, frame]) part.classList.toggle("on-paper", onPaper);
      element.style.maxHeight = "";
      map.invalidateSize({ animate: false, pan: false });
    }

    /** No higher than what it shows needs. */
    function cutTo(bounds) {
      const { x: wide, y: high } = map.project(bounds.getSouthEast(), 0).subtract(map.project(bounds.getNorthWest(), 0));
      element.style.maxHeight = `${Math.round(element.clientWidth * Math.max(high / wide, LEAST_SLOPE) + AROUND)}px`;
      map.invalidateSize({ animate: false, pan: false });
    }

    function begin() {
      if (view || !element.offsetWidth) return;
      const { fitted, state: { wayBounds } } = map.tesoma;
      view = { centre: map.getCenter(), zoom: map.getZoom(), address: location.href, across: scrollX, down: scrollY, fitted };
      laid(true);
      /* Of an answer the way, else the district. */
      const padding = wayBounds ? [64, 48] : [8, 8];
      const bounds = L.latLngBounds(wayBounds || tesoma.withBoundary(map, options, options.bounds, padding));
      cutTo(wayBounds ? L.latLngBounds(options.bounds) : bounds);
      tesoma.recolour(map);
      map.fitBounds(bounds, { animate: false, padding });
      frame.classList.toggle("cut", !wayBounds && Boolean(options.boundary) && !map.getBounds().contains(options.boundary));
      /* The sheet is taken as soon as this has ended: nothing may wait for its turn. */
      for (const canvasLayer of map.tesoma.canvasLayers) canvasLayer.layPaper();
    }

    function restored({ centre, zoom, address, across, down, fitted }) {
      map.invalidateSize({ animate: false, pan: false });
      map.setView(centre, zoom, { animate: false, reset: true });
      map.tesoma.fitted = fitted;
      if (location.href !== address) history.replaceState(history.state, "", address);
      scrollTo(across, down);
    }

    function end() {
      if (!view) return;
      const before = view;
      view = null;
      for (const canvasLayer of map.tesoma.canvasLayers) canvasLayer.clearPaper();
      laid(false);
      tesoma.recolour(map);
      restored(before);
      /* The window gets its size back a moment later, and Leaflet moves the map by what it believes to have changed. */
      requestAnimationFrame(() => requestAnimationFrame(() => view || restored(before)));
    }

    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    map.on("unload", function () {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
    });
  });
})(window.tesoma);
