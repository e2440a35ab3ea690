/* What stands under the map: search, whole screen, own place, address of the view, print. */
(function (tesoma) {
  "use strict";

  const FOUND_AT_MOST = 8;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function places(map) {
    const { layers, state } = map.tesoma, all = [];
    for (const layer of Object.values(layers)) {
      if (!layer.kind || !layer.names) continue;
      const kind = state.words.kinds[layer.kind] || layer.kind;
      layer.names.forEach((name, i) => {
        const latlng = map.unproject([layer.xy[2 * i], layer.xy[2 * i + 1]], tesoma.ZOOM);
        all.push({ text: name ? name + " – " + kind : kind, sought: plain((name || "") + " " + kind), latlng });
      });
    }
    return all;
  }

  function search(map, frame, tell) {
    const box = frame.querySelector(".map-search input"), list = frame.querySelector(".map-found");
    if (!box) return;
    let all = null;
    const find = function () {
      all = all || places(map);
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      const found = words.length ? all.filter((place) => words.every((word) => place.sought.includes(word))) : [];
      list.replaceChildren(...found.slice(0, FOUND_AT_MOST).map(function (place) {
        const item = L.DomUtil.create("li"), button = L.DomUtil.create("button", "", item);
        button.type = "button";
        button.textContent = place.text;
        button.addEventListener("click", () => tesoma.lookAt(map, place.latlng));
        return item;
      }));
      tell(!words.length ? "" : found.length ? tesoma.counted(map.tesoma.state.words.found, found.length) : map.tesoma.state.words.found_none);
    };
    box.addEventListener("input", find);
    box.addEventListener("keydown", function (event) {
      if (event.key === "Enter") {
        event.preventDefault();
        const first = list.querySelector("button");
        if (first) first.click();
      } else if (event.key === "Escape") {
        box.value = "";
        find();
      }
    });
  }

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
      return tesoma.lookAt(map, event.latlng);
    });
    map.on("locationerror", () => tell(words.not_located));
    return () => map.locate({ timeout: 10000 });
  }

  tesoma.mapStarters.push(function (map) {
    const frame = map.tesoma.frame, controls = frame.querySelector(".map-tools");
    const shown = frame.querySelector(".map-layers");
    /* Under a phone's map the long list waits to be asked for. */
    if (shown && window.matchMedia("(max-width: 35.99rem)").matches) shown.open = false;
    if (!controls) return;
    const words = map.tesoma.state.words, status = controls.querySelector("[role=status]");
    const tell = (text) => { status.textContent = text; };
    search(map, frame, tell);
    const does = {
      fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen()),
      locate: locate(map, tell),
      link: function () {
        map.fire("tesoma:change");
        const copied = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
        copied.then(() => tell(words.copied), () => tell(location.href));
      },
      print: () => window.print(),
    };
    const can = { fullscreen: document.fullscreenEnabled, locate: "geolocation" in navigator, link: true, print: true };
    for (const button of controls.querySelectorAll("[data-does]")) {
      button.hidden = !can[button.dataset.does];
      button.addEventListener("click", does[button.dataset.does]);
    }
    document.addEventListener("fullscreenchange", () => map.invalidateSize());
  });
})(window.tesoma);
