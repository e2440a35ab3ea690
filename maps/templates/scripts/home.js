/* My home: from the place that was chosen, minutes by every way of moving, and what is nearest. Nothing is sent. */
(function (tesoma) {
  "use strict";

  /* Homes are looked for so far around an address, in metres. */
  const NEAR_M = 250;

  const minutesOf = (words, seconds) => tesoma.minutes(words, seconds, "{time}");

  /** How long to walk, which line to take from which stop to which, ride after ride, how long that is with waiting, and how
      long to walk on: minutes that add up to those of the whole; "" without one. */
  function ridesOf(words, cells, cell) {
    const { way, boarded, walked } = cells.rides(cell);
    if (!boarded.length) return "";
    const walk = (seconds) => tesoma.filled(words.home_walk, { time: minutesOf(words, seconds) });
    const rides = boarded.map(([line, from, to]) => tesoma.filled(words.home_ride, { line, from, to }));
    const aboard = tesoma.wholeMinutes(cells.toHub[way][cell]) - tesoma.wholeMinutes(walked[0]) - tesoma.wholeMinutes(walked[1]);
    const between = aboard > 0 ? [tesoma.filled(words.home_aboard, { time: tesoma.filled(words.minutes, { n: aboard }) })] : [];
    return [walk(walked[0]), ...rides, ...between, walk(walked[1])].join(" ");
  }

  /** The minutes of every way of moving in few words: of the one that is looked at with its interval, of the others the bare number. */
  function inFewWords(state, cells, cell) {
    const { words, profile } = state, others = cells.profiles.filter((way) => way !== profile);
    const bare = (seconds) => (seconds < 0 ? words.unreachable : String(tesoma.wholeMinutes(seconds)));
    const rows = [[profile, cells.spoken(state, profile, cell)], ...others.map((way) => [way, bare(cells.toHub[way][cell])])];
    return rows.flatMap(function ([way, time], i) {
      const one = L.DomUtil.create("span", "answer-way"), minutes = L.DomUtil.create("b");
      minutes.textContent = time;
      one.append(words.profiles[way].profile + " ", minutes);
      return i ? [" ", one] : [one];
    });
  }

  /* Two places are one where they are so near, in reference pixels: an address keeps a metre. */
  const SAME_PX = 8;

  /** The street or the address at a place, and which of the two it is; null where there is none. */
  function namedAt(places, place) {
    const here = ({ x, y }) => Math.hypot(x - place.x, y - place.y) < SAME_PX;
    for (const one of (places && places.all()) || []) {
      const house = one.numbers.find(here);
      if (house || here(one)) return { name: house ? one.name + " " + house.number : one.name, isStreet: !house };
    }
    return null;
  }

  /** That a home which was looked for by its street is told of from one of its points; "" where it was not. */
  tesoma.streetTold = function ({ tesoma: { layers, state } }, place) {
    const { name, isStreet } = namedAt(layers.places, place) || {};
    return isStreet ? tesoma.filled(state.words.on_street, { street: name }) : "";
  };

  /* Room below a way for what is told of it as a rule, and around that where it needs more, in pixels. */
  const BELOW_PX = 104, TIP_EDGE_PX = 24;

  /** Room around a way: above for the pin, at the left for the buttons, below for what is told of it, and beside and
      below the hub for its name. */
  function roomAround(map, points, below) {
    const { hub } = map.tesoma.layers, { frame, state } = map.tesoma, { x: wide } = map.getSize();
    const [, name] = hub.boxes(document.createElement("canvas").getContext("2d"), 1, state), half = Math.min(name[2] + 8, wide / 3);
    const west = Math.min(...points.map(({ x }) => x)), east = Math.max(...points.map(({ x }) => x));
    const top = frame.querySelector(".map-made-up") ? 72 : 44;
    return {
      paddingTopLeft: [Math.max(84, hub.x - west < (east - west) / 4 ? half : 0), top],
      paddingBottomRight: [east - hub.x < (east - west) / 4 ? half : 24, below],
    };
  }

  /** Looks at a reader's home: the homes nearest to the place are told of with their whole way, and the address keeps the
      place. */
  tesoma.lookAtHome = function (map, latlng, stay) {
    const { layers, state } = map.tesoma, { cells, places, hub } = layers, place = map.project(latlng, tesoma.ZOOM);
    if (!cells || !hub) return;
    const reach = NEAR_M / ((40075016.7 * Math.cos((L.latLng(latlng).lat * Math.PI) / 180)) / (256 * Math.pow(2, tesoma.ZOOM)));
    const cell = cells.cellNear(place, reach), { box } = cells.quads, i = 4 * cell;
    const at = cell < 0 || cells.cellAt(place) === cell ? latlng
      : map.unproject([(box[i] + box[i + 2]) / 2, (box[i + 1] + box[i + 3]) / 2], tesoma.ZOOM);
    const way = cell < 0 ? [] : cells.way(state.profile, cell), points = [place, hub, hub.nearest(place), ...(way || [])];
    const bounds = L.latLngBounds(points.map(({ x, y }) => map.unproject([x, y], tesoma.ZOOM)));
    const look = function (below) {
      map.invalidateSize({ animate: false, pan: false });
      /* Room beside the way may lie beyond where the map else ends. */
      const { maxBounds } = map.options;
      map.setMaxBounds(null);
      map.fitBounds(bounds, { ...roomAround(map, points, below), maxZoom: state.nearZoom, animate: false });
      map.setMaxBounds(map.getBounds().extend(maxBounds));
      map.fire("click", { latlng: L.latLng(at), apart: true, home: place });
      return map.getSize();
    };
    const size = look(BELOW_PX), tip = map.getContainer().querySelector(".leaflet-tooltip");
    const high = tip ? tip.offsetHeight + TIP_EDGE_PX : 0;
    /* What is told below the map may have taken room from it, and what is told on it may be longer than most. */
    map.invalidateSize({ animate: false, pan: false });
    if (high > BELOW_PX || !size.equals(map.getSize())) look(Math.max(high, BELOW_PX));
    if (!stay) tesoma.seeAnswer(map);
    if (places) places.choose(place);
    Object.assign(state, { home: L.latLng(latlng), wayBounds: bounds, wayOf: way && state.profile });
    map.tesoma.fitted = null;
    map.fire("tesoma:change");
  };

  tesoma.mapStarters.push(function (map) {
    const { frame, layers, state } = map.tesoma, box = frame.querySelector(".map-answer"), { cells, places } = layers;
    if (!box || !cells) return;
    state.homeCell = -1;
    const tell = function () {
      const { homeCell: cell } = state;
      box.hidden = cell < 0;
      frame.classList.toggle("answered", cell >= 0 && Boolean(state.wayBounds));
      if (box.hidden) return;
      const { words, profile } = state, answers = cells.answers(profile), spokenOf = (way) => cells.spoken(state, way, cell);
      /* What was pressed on the map is a place of its own, on whatever street it lies. */
      const { name, isStreet } = (state.home && state.wayBounds && namedAt(places, map.project(state.home, tesoma.ZOOM))) || { name: "", isStreet: false };
      const place = [name, cells.areas[cells.area[cell]]].filter(Boolean).join(", ");
      /* A street is told of from one of its points. */
      const told = isStreet ? tesoma.filled(words.on_street, { street: place }) : place;
      for (const one of box.querySelectorAll(".home-place, .answer-here")) one.textContent = told;
      box.querySelector(".home-place").classList.toggle("on-street", isStreet);
      box.querySelector(".answer-times").replaceChildren(...inFewWords(state, cells, cell));
      frame.querySelector(".home-answer").textContent = tesoma.filled(words.home_answer, {
        way: words.profiles[profile].profile, place: place || words.home_here, time: spokenOf(profile),
      });
      box.querySelector(".home-times").replaceChildren(...tesoma.items(cells.profiles.map((way) => [words.profiles[way].profile, spokenOf(way)])));
      box.querySelector(".home-rides").textContent = ridesOf(words, cells, cell);
      /* The nearest first, what cannot be reached last. */
      const nearest = (answers ? answers.nearest : []).map(([kind, seconds]) => ({ kind, seconds: seconds[cell] }));
      nearest.sort((one, other) => (one.seconds < 0) - (other.seconds < 0) || one.seconds - other.seconds);
      box.querySelector(".home-nearest").replaceChildren(...tesoma.items(nearest.map(({ kind, seconds }) =>
        [words.kinds[kind] || kind, minutesOf(words, seconds)])));
    };
    map.on("click", function ({ latlng, apart }) {
      const was = state.wayBounds;
      state.homeCell = cells.cellAt(map.project(latlng, tesoma.ZOOM));
      /* Another place than the one that was looked for. */
      state.home = state.homeCell < 0 ? null : latlng;
      state.wayOf = state.profile;
      state.wayBounds = null;
      if (places) places.choose(null);
      /* Who looked at a home before sees the residents' shares again. */
      if (was && !apart) map.fire("tesoma:change");
      else tell();
    });
    map.on("tesoma:change tesoma:arrived", function () {
      tell();
      /* The way by another way of moving, or one that has come after the home. */
      const another = state.home && state.wayBounds && state.wayOf !== state.profile;
      if (another && cells.way(state.profile, state.homeCell)) tesoma.lookAtHome(map, state.home, true);
    });
  });
})(window.tesoma);
