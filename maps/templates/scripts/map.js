/* Puts the map together: sheet, controls beside it, and the words about what is pointed at. */
(function (tesoma) {
  "use strict";

  const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));

  tesoma.counted = function (forms, count) {
    const shown = count.toLocaleString(document.documentElement.lang);
    return filled(count === 1 ? forms[0] : forms[1], { n: shown });
  };

  tesoma.minutes = function (words, seconds, pattern) {
    return filled(pattern, { time: seconds < 0 ? words.unreachable : filled(words.minutes, { n: Math.round(seconds / 60) }) });
  };

  /** Colours stand in the style sheet, so that they follow dark mode and a designer's own. */
  function coloursOf(element) {
    const style = getComputedStyle(element);
    const value = (name) => style.getPropertyValue("--map-" + name).trim();
    const colours = { ramp: [], font: style.fontFamily, tint: Number(value("tint")) };
    for (let step = 0; style.getPropertyValue("--ramp-" + step); step++) {
      colours.ramp.push(style.getPropertyValue("--ramp-" + step).trim());
    }
    for (const name of ["land", "water", "major", "street", "path", "halo", "halo_soft", "text", "water_text", "service", "hub", "beyond", "unreachable"]) {
      colours[name] = value(name);
    }
    return colours;
  }

  function data() {
    if (!tesoma.data) tesoma.data = JSON.parse(document.getElementById("tesoma-data").textContent);
    return tesoma.data;
  }

  function told(lines) {
    const box = L.DomUtil.create("div", "told");
    lines.forEach((line, number) => {
      L.DomUtil.create(number ? "span" : "strong", "", box).textContent = line;
    });
    return box;
  }

  function inspect(map) {
    const tip = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1 });
    const under = function (event) {
      const place = map.project(event.latlng, tesoma.ZOOM), reach = 14 * Math.pow(2, tesoma.ZOOM - map.getZoom());
      const painters = map.tesoma.sheet.painters;
      for (let i = painters.length - 1; i >= 0; i--) {
        const lines = painters[i].at(place, reach, map.tesoma.state);
        if (lines) return lines;
      }
      return null;
    };
    const show = function (event) {
      const lines = under(event);
      map.getContainer().classList.toggle("pointing", Boolean(lines));
      if (lines) tip.setLatLng(event.latlng).setContent(told(lines)).addTo(map);
      else tip.remove();
    };
    map.on("mousemove click", show);
    map.on("mouseout zoomstart", () => tip.remove());
  }

  /** The controls are HTML of the page; this only listens to them. */
  function listen(map, frame) {
    const state = map.tesoma.state;
    const tellProfile = function () {
      const words = state.words.profiles[state.profile];
      for (const [name, text] of Object.entries(words || {})) {
        for (const place of document.querySelectorAll('[data-tells="' + name + '"]')) place.textContent = text;
      }
    };
    frame.addEventListener("change", function (event) {
      const input = event.target;
      if (input.name === "profile") {
        state.profile = input.value;
        tellProfile();
        map.tesoma.sheet.repaint();
      } else if (input.dataset.layer) {
        const layer = map.tesoma.layers[input.dataset.layer];
        if (layer) map[input.checked ? "addLayer" : "removeLayer"](layer);
      }
    });
  }

  /** Makes the Leaflet map of folium's map element. */
  tesoma.map = function (id, options) {
    const element = document.getElementById(id), frame = element.closest(".map-frame");
    const map = L.map(element, {
      attributionControl: false, fadeAnimation: false, scrollWheelZoom: false, zoomControl: false, minZoom: 11, maxZoom: 18,
      zoomSnap: 0.5, zoomDelta: 1, ...options.leaflet,
    });
    const words = options.words;
    const state = {
      profile: options.profile, cutoffs: options.cutoffs, rampSteps: options.ramp_steps, words, colours: coloursOf(element),
    };
    const sheet = new tesoma.Sheet();
    sheet.state = state;
    map.tesoma = { sheet, state, layers: {} };
    L.control.attribution({ prefix: false }).addTo(map);
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    map.fitBounds(options.bounds, { padding: [8, 8] });
    map.setMaxBounds(options.max_bounds);
    map.addLayer(sheet);
    /* The wheel scrolls the page until the map is in use. */
    map.on("focus click", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    inspect(map);
    listen(map, frame);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
      state.colours = coloursOf(element);
      sheet.repaint();
    });
    return map;
  };

  /** A layer of the data under `key`; it is on the map once it is added. */
  tesoma.layer = function (map, key) {
    const { painter, packed } = data()[key], layers = map.tesoma.layers;
    const layer = (layers[key] = new tesoma.painters[painter](packed));
    /* Alike ones lie in the order in which they came, also after one was away. */
    layer.order += Object.keys(layers).length / 1000;
    return layer;
  };
})(window.tesoma);
