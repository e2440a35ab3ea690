/* My home: from the place that was chosen, minutes by every way of moving, and what is nearest. Nothing is sent. */
(function (tesoma) {
  "use strict";

  /* Homes are looked for so far around an address, in metres. */
  const NEAR_M = 250;

  const minutesOf = (words, seconds) =>
    seconds < 0 ? words.unreachable : tesoma.filled(words.minutes, { n: Math.max(1, Math.round(seconds / 60)) });

  /** "22 min (18–25)": with the interval where there is one that is wider than the minute. */
  function spoken(words, seconds, answers, cell) {
    const text = minutesOf(words, seconds);
    if (seconds < 0 || !answers || !answers.low || answers.low[cell] < 0 || answers.high[cell] < 0) return text;
    const [low, high] = [answers.low[cell], answers.high[cell]].map((one) => Math.max(1, Math.round(one / 60)));
    return low === high ? text : text + " " + tesoma.filled(words.between, { low, high });
  }

  /** Looks at a reader's home: the homes nearest to the place are told of, and the address keeps the place. */
  tesoma.lookAtHome = function (map, latlng) {
    const { layers, state } = map.tesoma, { cells, places, hub } = layers, place = map.project(latlng, tesoma.ZOOM);
    const end = hub && map.unproject(hub.nearest(place), tesoma.ZOOM);
    const reach = NEAR_M / ((40075016.7 * Math.cos((L.latLng(latlng).lat * Math.PI) / 180)) / (256 * Math.pow(2, tesoma.ZOOM)));
    const cell = cells ? cells.cellNear(place, reach) : -1;
    if (cell < 0 || cells.cellAt(place) === cell) tesoma.lookAt(map, latlng, end);
    else {
      const { box } = cells.quads, i = 4 * cell;
      tesoma.lookAt(map, map.unproject([(box[i] + box[i + 2]) / 2, (box[i + 1] + box[i + 3]) / 2], tesoma.ZOOM), end);
    }
    if (places) places.choose(place);
    state.home = L.latLng(latlng);
    map.fire("tesoma:change");
  };

  tesoma.mapStarters.push(function (map) {
    const { frame, layers, state } = map.tesoma, box = frame.querySelector(".map-home"), { cells, places } = layers;
    if (!box || !cells) return;
    let cell = -1;
    const tell = function () {
      box.hidden = cell < 0;
      if (box.hidden) return;
      const { words, profile } = state, area = cells.areas[cells.area[cell]] || "";
      box.querySelector(".home-place").textContent = area;
      box.querySelector(".home-times").replaceChildren(...tesoma.items(cells.profiles.map((way) =>
        [words.profiles[way].profile, spoken(words, cells.toHub[way][cell], cells.answers(way), cell)])));
      const answers = cells.answers(profile);
      /* The nearest first, what cannot be reached last. */
      const nearest = (answers ? answers.nearest : []).map(([kind, seconds]) => ({ kind, seconds: seconds[cell] }));
      nearest.sort((one, other) => (one.seconds < 0) - (other.seconds < 0) || one.seconds - other.seconds);
      box.querySelector(".home-nearest").replaceChildren(...tesoma.items(nearest.map(({ kind, seconds }) =>
        [words.kinds[kind] || kind, minutesOf(words, seconds)])));
    };
    map.on("click", function ({ latlng }) {
      cell = cells.cellAt(map.project(latlng, tesoma.ZOOM));
      /* Another place than the one that was looked for. */
      state.home = cell < 0 ? null : latlng;
      if (places) places.choose(null);
      tell();
    });
    map.on("tesoma:change tesoma:arrived", tell);
  });
})(window.tesoma);
