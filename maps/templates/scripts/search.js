/* Looking for a street, an address or a service by its name; a slip of the finger is forgiven. */
(function (tesoma) {
  "use strict";

  const FOUND_AT_MOST = 8;
  /* So many letters a word has for one slip, and for two. */
  const ONE_SLIP = 4, TWO_SLIPS = 8;

  const wordsOf = (text) => tesoma.plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  /** How many letters must be added, taken away, changed or swapped so that `sought` begins `word`; more than `most` is Infinity. */
  tesoma.slips = function (sought, word, most) {
    let before = null, last = Array.from({ length: word.length + 1 }, (_, i) => i);
    for (let i = 1; i <= sought.length; i++) {
      const row = [i];
      for (let j = 1; j <= word.length; j++) {
        const same = sought[i - 1] === word[j - 1] ? 0 : 1;
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + same);
        if (before && sought[i - 1] === word[j - 2] && sought[i - 2] === word[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    const least = Math.min(...last);
    return least <= most ? least : Infinity;
  };

  /** How far a sought word is from the nearest of a name's words: 0 begins it, 1 stands in it, then 2 and more with slips. */
  function distance(sought, words) {
    let least = Infinity;
    const most = sought.length >= TWO_SLIPS ? 2 : sought.length >= ONE_SLIP ? 1 : 0;
    for (const word of words) {
      if (word.startsWith(sought)) return 0;
      if (word.includes(sought)) least = Math.min(least, 1);
      else if (most && least > 2) least = Math.min(least, 1 + tesoma.slips(sought, word, most));
    }
    return least;
  }

  /** The hub, and services. */
  function services(map) {
    const { layers, state } = map.tesoma, { hub } = layers, all = [];
    if (hub) all.push({ text: state.words.hub, words: wordsOf(state.words.hub), x: hub.x, y: hub.y, numbers: [] });
    for (const layer of Object.values(layers)) {
      if (!layer.kind || !layer.names) continue;
      const kind = state.words.kinds[layer.kind] || layer.kind;
      layer.names.forEach((name, i) => {
        const text = name ? name + " – " + kind : kind;
        all.push({ text, words: wordsOf(text), x: layer.xy[2 * i], y: layer.xy[2 * i + 1], numbers: [] });
      });
    }
    return all;
  }

  const streets = (places) => places.map((place) => ({
    ...place, isHome: true, text: place.area ? place.name + " – " + place.area : place.name, words: wordsOf(place.name + " " + place.area),
  }));

  /** Areas of the homes, each with what all of it is seen by. */
  function areas(map) {
    const { layers: { cells }, state } = map.tesoma;
    return (cells ? cells.areas : []).filter(Boolean).map(function (name) {
      const { box } = cells.quads, bounds = L.latLngBounds([]);
      cells.area.forEach(function (area, cell) {
        if (cells.areas[area] !== name) return;
        for (const i of [4 * cell, 4 * cell + 2]) bounds.extend(map.unproject([box[i], box[i + 1]], tesoma.ZOOM));
      });
      return { name, text: tesoma.filled(state.words.whole_area, { area: name }), words: wordsOf(name), numbers: [], bounds };
    });
  }

  const sameNumber = (one, other) => one.replaceAll(/\s/g, "").toLowerCase() === other.replaceAll(/\s/g, "").toLowerCase();

  /** What fits a text, the best first: all of its words, but for a house number, which is looked for in the street. */
  tesoma.findPlaces = function (all, text) {
    const asked = text.trim().match(/^(.*\p{L}.*?)\s+(\d+\s*\p{L}?)$/u), sought = wordsOf(asked ? asked[1] : text);
    if (!sought.length) return [];
    const found = [];
    for (const place of all) {
      const away = sought.map((word) => distance(word, place.words)), far = away.reduce((sum, one) => sum + one, 0);
      if (far === Infinity) continue;
      /* Whether it is another name, as much alike as a slip or two. */
      const slipped = away.some((one) => one > 1);
      const house = asked && place.numbers.find(({ number }) => sameNumber(number, asked[2]));
      if (house) found.push({ ...place, x: house.x, y: house.y, slipped, far: far - 0.5, text: place.text.replace(place.name, place.name + " " + house.number) });
      /* An area comes before the streets in it. */
      else found.push({ ...place, slipped, far: place.bounds ? far - 0.25 : far, without: asked && place.isHome ? asked[2] : "" });
    }
    return found.sort((one, other) => one.far - other.far || one.text.length - other.text.length || (one.text < other.text ? -1 : 1));
  };

  tesoma.mapStarters.push(function (map) {
    const { frame, layers, state } = map.tesoma, box = frame.querySelector(".map-search input");
    if (!box) return;
    const list = frame.querySelector(".map-found"), status = frame.querySelector(".map-search [role=status]");
    let all = null, known = null;
    const places = function () {
      const named = layers.places && layers.places.all();
      if (!all || named !== known) all = [...areas(map), ...services(map), ...streets(named || [])];
      known = named;
      return all;
    };
    const choose = function (place) {
      const { words } = state, asked = box.value.trim();
      box.value = place.text;
      list.replaceChildren();
      status.textContent = [
        place.slipped ? tesoma.filled(words.instead, { asked, place: place.text }) : "",
        place.bounds ? words.area_told : "",
        place.without ? tesoma.filled(words.no_number, { number: place.without }) : "",
      ].join(" ").trim();
      if (place.bounds) return map.fitBounds(place.bounds, { padding: [16, 16], animate: false });
      const latlng = map.unproject([place.x, place.y], tesoma.ZOOM);
      if (!place.isHome) return tesoma.lookAt(map, latlng);
      tesoma.lookAtHome(map, latlng);
      /* The map shows streets and pages tell of streets where nobody lives. */
      if (layers.cells && state.homeCell < 0) status.textContent = [status.textContent, words.no_home].join(" ").trim();
      /* What was pressed in the list is gone: who goes on with keys goes on at the answer, and a screen's keyboard makes room. */
      const head = frame.querySelector(".answer-told");
      return head && head.focus({ preventScroll: true });
    };
    /* A street that lies in several areas stands there once for each. */
    const inParts = function (found) {
      const names = found.filter(({ isHome, slipped }) => isHome && !slipped).map(({ name }) => name);
      return new Set(names).size < names.length;
    };
    const find = function () {
      const text = box.value.trim(), found = text ? tesoma.findPlaces(places(), text) : [];
      list.replaceChildren(...found.slice(0, FOUND_AT_MOST).map(function (place) {
        const item = L.DomUtil.create("li"), button = L.DomUtil.create("button", "", item);
        button.type = "button";
        button.textContent = place.text;
        button.addEventListener("click", () => choose(place));
        return item;
      }));
      status.textContent = !text ? "" : !found.length ? state.words.found_none
        : found.every(({ slipped }) => slipped) ? state.words.did_you_mean
        : tesoma.counted(state.words.found, found.length) + (inParts(found) ? ". " + state.words.street_parts : "");
    };
    box.addEventListener("focus", places);
    box.addEventListener("input", find);
    /* The streets may come after the first letters. */
    map.on("tesoma:arrived", () => { if (document.activeElement === box && layers.places && layers.places.all() !== known) find(); });
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
  });
})(window.tesoma);
