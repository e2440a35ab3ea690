/* What the map can be asked for by a button: whole screen, own place, address of the view, print. */
(function (tesoma) {
  "use strict";

  /* The reader's own place: told by the browser after it has asked, shown, and kept nowhere. */
  const Here = tesoma.Painter.extend({
    order: 90,
    initialize(map, latlng) { Object.assign(this, map.project(latlng, tesoma.ZOOM)); },
    paint(context, view) {
      const colours = view.canvasLayer.state.colours;
      context.beginPath();
      context.arc(view.x(this.x), view.y(this.y), 8 * view.unit, 0, 2 * Math.PI);
      context.fillStyle = colours.service;
      context.strokeStyle = colours.halo;
      context.lineWidth = 4 * view.unit;
      context.stroke();
      context.fill();
    },
  });

  function locate(map, tell) {
    const words = map.tesoma.state.words;
    let here = null;
    map.on("locationfound", function (event) {
      if (!map.options.maxBounds.contains(event.latlng)) return tell(words.far_away);
      if (here) here.remove();
      here = new Here(map, event.latlng).addTo(map);
      tell("");
      return tesoma.lookAtHome(map, event.latlng);
    });
    map.on("locationerror", () => tell(words.not_located));
    return () => map.locate({ timeout: 10000 });
  }

  tesoma.mapStarters.push(function (map) {
    const frame = map.tesoma.frame, controls = frame.querySelector(".map-tools");
    const shown = frame.querySelector(".map-layers");
    /* Under the map of a narrow page the long list waits to be asked for. */
    if (shown && window.matchMedia("(max-width: 51.99rem)").matches) shown.open = false;
    if (!controls) return;
    const words = map.tesoma.state.words, status = controls.querySelector("[role=status]");
    const tell = (text) => { status.textContent = text; };
    const search = frame.querySelector(".map-search");
    /* Nothing of what was looked for before stands beside the reader's own place. */
    const tellPlace = function (text) {
      search.querySelector("input").value = "";
      search.querySelector(".map-found").replaceChildren();
      search.querySelector("[role=status]").textContent = text;
    };
    const does = {
      fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen()),
      locate: locate(map, tellPlace),
      link: function () {
        map.fire("tesoma:change");
        const copied = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
        copied.then(() => tell(words.copied), () => tell(location.href));
      },
      print: () => window.print(),
    };
    const can = { fullscreen: document.fullscreenEnabled, locate: "geolocation" in navigator, link: true, print: true };
    for (const button of frame.querySelectorAll("[data-does]")) {
      button.hidden = !can[button.dataset.does];
      button.addEventListener("click", does[button.dataset.does]);
    }
    document.addEventListener("fullscreenchange", () => map.invalidateSize());
  });
})(window.tesoma);
