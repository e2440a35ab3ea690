/* On paper the map shows the whole district in daylight colours; afterwards the reader's own view is back. */
(function (tesoma) {
  "use strict";

  tesoma.mapStarters.push(function (map, options) {
    const element = map.getContainer(), { frame } = map.tesoma;
    let view = null;

    /* The style sheet gives the map its size on paper while the class is there. */
    function laid(onPaper) {
      for (const part of [document.documentElement, frame]) part.classList.toggle("on-paper", onPaper);
      map.invalidateSize({ animate: false, pan: false });
      tesoma.recolour(map);
    }

    function begin() {
      if (view || !element.offsetWidth) return;
      view = { centre: map.getCenter(), zoom: map.getZoom(), address: location.href, across: scrollX, down: scrollY };
      laid(true);
      map.fitBounds(options.bounds, { animate: false, padding: [8, 8] });
      /* The sheet is taken as soon as this has ended: nothing may wait for its turn. */
      for (const canvasLayer of map.tesoma.canvasLayers) canvasLayer.layPaper();
    }

    function restored({ centre, zoom, address, across, down }) {
      map.invalidateSize({ animate: false, pan: false });
      map.setView(centre, zoom, { animate: false });
      if (location.href !== address) history.replaceState(history.state, "", address);
      scrollTo(across, down);
    }

    function end() {
      if (!view) return;
      const before = view;
      view = null;
      for (const canvasLayer of map.tesoma.canvasLayers) canvasLayer.clearPaper();
      laid(false);
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
