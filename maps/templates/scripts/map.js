/* Puts the map together: its canvas, controls beside it, and the words about what is pointed at. */
(function (tesoma) {
  "use strict";

  const { filled } = tesoma;

  /* Half the room of a place that a plan changes, with its ring and its name above or below: pixels across and down. */
  const ROOM = [64, 50];
  /* So many zooms farther away at most for the areas of a topic to be seen whole: the map is about the district, and what
     of them lies beyond the map is told below it. */
  const AREAS_FARTHER = 0.25;
  /* The corner that a map's buttons and half a sign beside them take, in pixels. */
  const BUTTONS = [76, 132];

  /** Whole minutes of a time, one at least: nobody is there in none. */
  tesoma.wholeMinutes = (seconds) => Math.max(1, Math.round(seconds / 60));

  tesoma.minutes = function (words, seconds, pattern) {
    return filled(pattern, { time: seconds < 0 ? words.unreachable : filled(words.minutes, { n: tesoma.wholeMinutes(seconds) }) });
  };

  /** Colours stand in the style sheet, so that they follow dark mode and a designer's own. */
  function coloursOf(element) {
    const style = getComputedStyle(element);
    const value = (name) => style.getPropertyValue("--map-" + name).trim();
    const colours = { ramp: [], font: style.fontFamily, tint: Number(value("tint")), dot: { px: Number(value("dot_px")), step: Number(value("dot_step")) } };
    for (let step = 0; style.getPropertyValue("--ramp-" + step); step++) {
      colours.ramp.push(style.getPropertyValue("--ramp-" + step).trim());
    }
    colours.won = [0, 1, 2, 3, 4, 5, 6].map((step) => value("won_" + step));
    colours.voices = [0, 1, 2, 3, 4, 5, 6].map((kind) => value("voice_" + kind));
    for (const name of ["land", "unmapped", "water", "green", "building", "rail", "major", "street", "path", "halo", "halo_soft", "text", "water_text", "service", "hub", "plan", "beyond", "unreachable", "pale_edge", "far_dot"]) {
      colours[name] = value(name);
    }
    return colours;
  }

  tesoma.recolour = function (map) {
    map.tesoma.state.colours = coloursOf(map.getContainer());
    for (const canvasLayer of map.tesoma.canvasLayers) canvasLayer.repaint();
  };

  /** Marks a map that has everything it will have. */
  tesoma.ready = (map) => requestAnimationFrame(() => map.tesoma.frame.classList.add("ready"));

  function tipOf(lines) {
    const box = L.DomUtil.create("div", "told");
    lines.forEach((line, number) => {
      L.DomUtil.create(number ? "span" : "strong", "", box).textContent = line;
    });
    return box;
  }

  /** Moves a tip sideways until the map's edge does not cut it; its arrow stays where it points. */
  function keepInside(tip, container) {
    tip.style.setProperty("--shift", "0px");
    const box = tip.getBoundingClientRect(), edge = container.getBoundingClientRect();
    const shift = Math.max(0, edge.left + 4 - box.left) - Math.max(0, box.right - edge.right + 4);
    tip.style.setProperty("--shift", Math.round(shift) + "px");
  }

  function inspect(map) {
    const tip = L.tooltip({ direction: "top", offset: [0, 0], opacity: 1 });
    /** What is told of a way stands in the corner that is kept for it, whatever its height. */
    const setApart = function () {
      const { x: wide, y: high } = map.getSize();
      const corner = () => map.containerPointToLatLng([wide - 4, high - 6 - (tip.getElement() ? tip.getElement().offsetHeight : 0) / 2]);
      tip.options.direction = "left";
      tip.setLatLng(corner()).addTo(map).setLatLng(corner());
    };
    const under = function (event) {
      const place = map.project(event.latlng, tesoma.ZOOM), reach = 14 * Math.pow(2, tesoma.ZOOM - map.getZoom());
      const painters = map.tesoma.canvasLayerAt(map.latLngToContainerPoint(event.latlng)).shown();
      for (let i = painters.length - 1; i >= 0; i--) {
        const lines = painters[i].at(place, reach, map.tesoma.state, event.apart);
        if (lines) return lines;
      }
      return null;
    };
    /** What a painter lights up while it is pointed at (`state.lit`) is painted anew when that changes. */
    const lit = function (look) {
      const { state, canvasLayers } = map.tesoma, { key, cell } = state.lit || {};
      state.lit = null;
      const found = look();
      const now = state.lit || {};
      if (now.key !== key || now.cell !== cell) for (const canvasLayer of canvasLayers) canvasLayer.repaint();
      return found;
    };
    let shown = null;
    const show = function (event) {
      shown = event;
      const lines = lit(() => under(event));
      map.getContainer().classList.toggle("pointing", Boolean(lines));
      if (!lines) {
        tip.remove();
        return;
      }
      /* Where there is no room above. */
      tip.options.direction = map.latLngToContainerPoint(event.latlng).y < 210 ? "bottom" : "top";
      const told = tipOf(lines), street = event.apart ? tesoma.streetTold(map, event.home) : "";
      if (street) L.DomUtil.create("span", "on-street", told).textContent = street;
      tip.setContent(told);
      if (event.apart) setApart();
      else tip.setLatLng(event.latlng).addTo(map);
      tip.getElement().classList.toggle("apart", Boolean(event.apart));
      keepInside(tip.getElement(), map.getContainer());
    };
    map.on("mousemove click", show);
    /* What is told may need data that came after it was asked for. */
    map.on("tesoma:arrived", () => { if (map.hasLayer(tip)) show(shown); });
    map.on("click", (event) => map.fire("tesoma:pointed", { latlng: event.latlng, lines: under(event) || [] }));
    map.on("mouseout zoomstart", () => lit(() => tip.remove()));
  }

  /** Another way of moving: controls, words beside the map and colours follow. */
  tesoma.choose = function (map, profile) {
    const { state, frame, canvasLayers } = map.tesoma;
    if (!Object.hasOwn(state.words.profiles, profile)) return;
    state.profile = profile;
    for (const input of frame.querySelectorAll("input[name=profile]")) input.checked = input.value === profile;
    for (const [name, text] of Object.entries(state.words.profiles[profile])) {
      for (const place of document.querySelectorAll('[data-tells="' + name + '"]')) place.textContent = text;
    }
    for (const canvasLayer of canvasLayers) canvasLayer.repaint();
    map.fire("tesoma:change");
  };

  /** Shows or hides a layer, and what of it belongs to a scenario. */
  tesoma.toggle = function (map, key, shown) {
    const { layers, frame } = map.tesoma;
    if (!Object.hasOwn(layers, key)) return;
    for (const layer of [layers[key], layers[key + "_after"]]) {
      if (layer) map[shown ? "addLayer" : "removeLayer"](layer);
    }
    for (const input of frame.querySelectorAll("[data-layer]")) if (input.dataset.layer === key) input.checked = shown;
    for (const input of frame.querySelectorAll("input[name=encoding]")) if (input.value === key && shown) input.checked = true;
    tellKind(map);
    map.fire("tesoma:change");
  };

  /** Looks at a place from as near as homes are told apart, or as the page asks, and tells what is there. */
  tesoma.lookAt = function (map, latlng) {
    map.setView(latlng, Math.max(map.getZoom(), map.tesoma.state.nearZoom), { animate: false });
    map.fire("click", { latlng: L.latLng(latlng) });
    map.getContainer().scrollIntoView({ block: "nearest" });
  };

  /** The controls are HTML of the page; this only listens to them. */
  function listen(map, frame) {
    frame.addEventListener("change", function ({ target }) {
      if (target.name === "profile") tesoma.choose(map, target.value);
      else if (target.name === "encoding") {
        for (const input of frame.querySelectorAll("input[name=encoding]")) tesoma.toggle(map, input.value, input === target);
      } else if (target.name === "kind") showKind(map, target.value);
      else if (target.dataset.layer) tesoma.toggle(map, target.dataset.layer, target.checked);
    });
  }

  /** Shows what residents marked of one kind, or of all. */
  function showKind(map, kind) {
    for (const { value } of map.tesoma.frame.querySelectorAll("input[name=kind]")) {
      if (value) tesoma.toggle(map, value, !kind || value === kind);
    }
  }

  /** Which kind of what residents marked is shown, among the kinds to choose. */
  function tellKind(map) {
    const kinds = [...map.tesoma.frame.querySelectorAll("input[name=kind]")];
    const shown = kinds.filter(({ value }) => value && map.hasLayer(map.tesoma.layers[value]));
    for (const kind of kinds) kind.checked = kind.value ? shown.length === 1 && shown[0] === kind : shown.length === kinds.length - 1;
    /* The headline is of what the map shows; of several kinds but not all, of the first. */
    const { message } = (kinds.find(({ checked }) => checked) || shown[0] || {}).dataset || {};
    for (const place of document.querySelectorAll('[data-tells="said"]')) {
      if (message && place.textContent !== message) place.textContent = message;
    }
  }

  const cornersOf = (bounds) => [bounds.getSouthWest(), bounds.getNorthEast()].map(({ lat, lng }) => [lat, lng]);

  /** Signs of what residents said, beyond the homes too, are seen whole from the start and on paper, and of one topic the
      areas that they stand for, unless the district would be small then. */
  function fitSaid(map, options) {
    const { state, layers } = map.tesoma, voices = Object.values(layers).filter((layer) => layer.signPlaces);
    const grown = (bounds, places) => places.reduce((all, place) => all.extend(map.unproject(place, tesoma.ZOOM)), L.latLngBounds(bounds));
    const signs = grown(options.bounds, voices.flatMap((layer) => layer.signPlaces(state)));
    const areas = grown(cornersOf(signs), voices.flatMap((layer) => layer.extentCorners(state)));
    const farther = map.getBoundsZoom(signs) - map.getBoundsZoom(areas);
    const bounds = farther > AREAS_FARTHER ? signs : areas, padding = state.topic ? [20, 20] : [32, 32];
    options.bounds = cornersOf(bounds);
    map.setMaxBounds(L.latLngBounds(map.options.maxBounds).extend(bounds));
    tesoma.fit(map, function () {
      const shown = tesoma.withBoundary(map, options, bounds, padding);
      map.fitBounds(shown, { padding, animate: false });
      map.tesoma.frame.classList.toggle("areas-cut", !map.getBounds().contains(areas));
      /* The buttons stand where no sign lies under them. */
      const places = voices.flatMap((layer) => layer.signPlaces(state)).map((place) => map.latLngToContainerPoint(map.unproject(place, tesoma.ZOOM)));
      const isFree = (right) => !places.some(({ x, y }) => (right ? map.getSize().x - x : x) < BUTTONS[0] && y < BUTTONS[1]);
      map.tesoma.buttons.setPosition(!isFree(false) && isFree(true) ? "topright" : "topleft");
    });
  }

  /** What a plan changes is seen whole from the start and on paper, with room for its ring and its name. */
  function fitChanged(map, options, corners, places) {
    const homes = L.latLngBounds(tesoma.withBoundary(map, options, corners, [8, 8]));
    let bounds = homes;
    /* The farther away the map is seen from, the more metres a name takes: until both agree. */
    for (let looks = 0, zoom = null; looks < 6 && zoom !== map.getZoom(); looks++) {
      zoom = map.getZoom();
      const pixel = Math.pow(2, tesoma.ZOOM - zoom);
      bounds = L.latLngBounds(homes.getSouthWest(), homes.getNorthEast());
      for (const [x, y] of places) {
        for (const side of [-1, 1]) {
          bounds.extend(map.unproject([x + side * ROOM[0] * pixel, y + side * ROOM[1] * pixel], tesoma.ZOOM));
        }
      }
      map.setMaxBounds(L.latLngBounds(map.options.maxBounds).extend(bounds));
      map.fitBounds(bounds, { padding: [8, 8], animate: false });
    }
    options.bounds = cornersOf(bounds);
    /* Names beside what changes stay within it, from its western to its eastern edge. */
    const { min, max } = map.getPixelBounds(), grown = Math.pow(2, tesoma.ZOOM - map.getZoom());
    map.tesoma.state.seenFirst = [min.x * grown, max.x * grown];
  }

  /** Makes the Leaflet map of folium's map element. */
  tesoma.map = function (id, options) {
    const element = document.getElementById(id), frame = element.closest(".map-frame");
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(element, {
      attributionControl: false, fadeAnimation: false, scrollWheelZoom: false, zoomControl: false, minZoom: 11, maxZoom: 18,
      zoomSnap: 0.25, zoomDelta: 1, zoomAnimation: !still, inertia: !still, ...options.leaflet,
    });
    /* Whoever asks for little motion: the map jumps to where it would glide. */
    if (still) map.panBy = (offset, how) => L.Map.prototype.panBy.call(map, offset, { ...how, animate: false });
    tesoma.endGliding(map);
    const words = options.words;
    const state = {
      profile: options.profile, timetable: options.timetable, winters: options.winters, season: "summer", departure: -1,
      cutoffs: options.cutoffs, withinMin: options.within_min, rampSteps: options.ramp_steps, words, colours: coloursOf(element),
      nearZoom: options.near_zoom || 15.5, namesFrom: options.names_from,
    };
    if (frame.dataset.profile) state.profile = frame.dataset.profile;
    /* A map of one way of moving may have further steps. */
    if (frame.dataset.steps) Object.assign(state, { cutoffs: JSON.parse(frame.dataset.steps), rampSteps: JSON.parse(frame.dataset.ramp) });
    state.topic = frame.dataset.topic || null;
    const canvasLayer = new tesoma.CanvasLayer();
    canvasLayer.state = state;
    /* With a scenario there are two canvas layers; which one is seen at a point depends on the swipe. */
    map.tesoma = { canvasLayer, canvasLayers: [canvasLayer], canvasLayerAt: () => canvasLayer, state, frame, layers: {} };
    tesoma.current = map;
    L.control.attribution({ prefix: false }).addTo(map);
    map.tesoma.buttons = L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    L.control.scale({ imperial: Boolean(options.miles), metric: !options.miles }).addTo(map);
    tesoma.fit(map, function () {
      map.fitBounds(tesoma.withBoundary(map, options, options.bounds, [8, 8]), { padding: [8, 8], animate: false });
    });
    map.setMaxBounds(L.latLngBounds(options.max_bounds).extend(options.boundary || options.bounds));
    /* The wheel scrolls the page until the map is in use. */
    map.on("focus click", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    listen(map, frame);
    for (const asked of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
      matchMedia(asked).addEventListener("change", () => tesoma.recolour(map));
    }
    /* Nothing is done for a map whose page was left before its turn came, as in one file of all pages. */
    let left = false;
    map.on("unload", () => { left = true; });
    const soon = (job) => tesoma.schedule(() => left || job());
    /* Once the page's script has added its layers. */
    Promise.resolve().then(function () {
      if (left) return;
      for (const input of frame.querySelectorAll("[data-layer]:not([checked])")) tesoma.toggle(map, input.dataset.layer, false);
      for (const input of frame.querySelectorAll("input[name=encoding]:not([checked])")) tesoma.toggle(map, input.value, false);
      for (const key of (frame.dataset.without || "").split(" ")) tesoma.toggle(map, key, false);
      const kinds = frame.querySelector("input[name=kind]");
      /* No map has room for the signs of all kinds: it begins with the first, which the headline is of. */
      if (kinds) showKind(map, kinds.value);
      if ("said" in frame.dataset) soon(() => fitSaid(map, options));
      const { changes } = map.tesoma.layers;
      if (changes && map.hasLayer(changes)) {
        soon(function () {
          const homes = options.bounds, places = changes.changedPlaces(homes);
          tesoma.fit(map, () => fitChanged(map, options, homes, places));
        });
      }
      soon(() => map.addLayer(canvasLayer));
      for (const begin of [inspect, ...tesoma.mapStarters]) soon(() => begin(map, options));
      tesoma.whenIdle(() => tesoma.ready(map));
    });
    return map;
  };

  /** A layer of the data under `key`; it is on the map once it is added. */
  tesoma.layer = function (map, key) {
    const { painter, packed } = tesoma.dataOf(key), layers = map.tesoma.layers;
    const layer = (layers[key] = new tesoma.painters[painter](key, packed));
    /* Alike ones lie in the order in which they came, also after one was away. */
    layer.order += Object.keys(layers).length / 1000;
    return layer;
  };
})(window.tesoma);
