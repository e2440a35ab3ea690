/* When: in summer or in winter, and at which departure of a timetable; and which controls a profile has. */
(function (tesoma) {
  "use strict";

  /** From this zoom on all stops are seen, and their lines of the legend. */
  tesoma.STOPS_ZOOM = 13;

  /** What of the profile is looked at: the "usual", "winter", or a "departure". */
  tesoma.timeState = function ({ profile, timetable, winters, season, departure }) {
    if (profile === timetable) return departure >= 0 ? "departure" : "usual";
    return season === "winter" && winters.includes(profile) ? "winter" : "usual";
  };

  const percent = (share) => share.toLocaleString(document.documentElement.lang, { style: "percent" });

  /** The departures that there are, by their clock times. */
  tesoma.clocks = ({ tesoma: { layers: { cells } } }) => (cells && cells.departures ? cells.departures.clocks : []);

  /** A season, or a departure by its clock time ("07:15"; empty for all of them); what there is none of changes nothing. */
  tesoma.setTime = function (map, { season, departure }) {
    const { state, canvasLayers } = map.tesoma, clocks = tesoma.clocks(map);
    if (season === "summer" || season === "winter") state.season = season;
    if (departure === "" || clocks.includes(departure)) state.departure = clocks.indexOf(departure);
    for (const canvasLayer of canvasLayers) canvasLayer.repaint();
    map.fire("tesoma:change");
  };

  function departureText(cells, { words, departure }) {
    if (departure < 0) return words.departure.usual;
    const { clocks, within } = cells.departures, residents = cells.residents.reduce((sum, each) => sum + each, 0);
    return tesoma.filled(words.departure.told, { clock: tesoma.clock(words.clock, clocks[departure]), share: percent(within[departure] / residents) });
  }

  /** Whole per cent of each band, which add up to those of all bands up to it, as the page has them. */
  function sharesOf(counts) {
    const all = counts.reduce((sum, each) => sum + each, 0) || 1;
    let sum = 0;
    return counts.map(function (count) {
      const before = Math.round(100 * sum / all), added = Math.round(100 * (sum += count) / all) - before;
      return count && !added ? "<" + percent(0.01) : percent(added / 100);
    });
  }

  /* The same text is not written again: the page would be laid out anew. */
  const write = (place, text) => { if (place.textContent !== text) place.textContent = text; };

  /** Residents who are there within the headline's minutes at what is looked at: as a part of all, and in words. */
  function shareWithin(state, counts) {
    const sum = (some) => some.reduce((all, each) => all + each, 0);
    const part = sum(counts.slice(0, state.cutoffs.indexOf(state.withinMin) + 1)) / (sum(counts) || 1);
    const { winter } = state.words.profiles[state.profile];
    return { part, told: (tesoma.timeState(state) === "winter" && winter) || percent(part) };
  }

  /** Each way of moving has its share of the season or departure that is looked at, and while a reader's home is looked at
      its minutes from there; a workshop's map has no shares. */
  function tellShares(frame, cells, state) {
    if (frame.classList.contains("planned")) return;
    const home = state.wayBounds ? state.homeCell : -1, note = frame.querySelector(".share-note");
    if (note) {
      note.dataset.usual ??= note.textContent;
      write(note, home >= 0 ? state.words.from_home : note.dataset.usual);
    }
    for (const bar of frame.querySelectorAll(".map-profiles .bar-share")) {
      const way = bar.closest(".map-profile"), place = way.querySelector(".share");
      const of = { ...state, profile: way.querySelector("input").value };
      place.dataset.usual ??= place.textContent;
      bar.dataset.usual ??= bar.getAttribute("width");
      if (home >= 0) {
        write(place, cells.timed(state.words, of.profile, home));
        continue;
      }
      const within = tesoma.timeState(of) === "usual" ? null : shareWithin(of, cells.bands(of));
      /* Of who has no winter's figure the tile says that its own is of summer. */
      const ofSummer = state.season === "winter" && state.winters.length && !state.winters.includes(of.profile);
      write(place, within ? within.told : ofSummer ? tesoma.filled(state.words.of_summer, { share: place.dataset.usual }) : place.dataset.usual);
      bar.setAttribute("width", within ? 100 * within.part : bar.dataset.usual);
    }
  }

  /** What the headline says of the season or departure that is looked at: a share, or in winter a time where it tells one. */
  function messageAt(state, moment, counts, clock) {
    const texts = state.words.profiles[state.profile], apart = state.words.apart[moment], below = state.words.below[moment] || "";
    if (!apart) return { message: texts.message, sure: texts.sure, apart: "", below };
    if (moment === "winter" && texts.winter_message) return { message: texts.winter_message, sure: texts.winter_sure, apart: texts.winter_apart, below };
    const message = tesoma.filled(texts.message_at, { share: shareWithin(state, counts).told });
    return { message, sure: texts.beside, apart: tesoma.filled(apart, { clock, share: texts.share }), below };
  }

  /** The page's headline is of the season or departure that its map shows, and says what it is else. */
  function tellMessage(state, moment, counts, clock) {
    if (!state.words.profiles[state.profile].message) return;
    const told = messageAt(state, moment, counts, clock);
    for (const [name, text] of Object.entries(told)) {
      for (const place of document.querySelectorAll('[data-tells="' + name + '"]')) write(place, text);
    }
  }

  /** Legend and controls say what is looked at. */
  function tell(map) {
    const { state, frame, layers } = map.tesoma, { cells } = layers, moment = tesoma.timeState(state);
    const isShown = (keys) => keys.split(" ").some((key) => map.hasLayer(layers[key]));
    for (const place of frame.querySelectorAll("[data-of], [data-with]")) {
      const { of, with: shown, near, names } = place.dataset;
      place.hidden = (of && !JSON.parse(of).includes(state.profile)) || (shown && !isShown(shown)) || (near && map.getZoom() < tesoma.STOPS_ZOOM);
      /* A line for several layers is called by the one that is shown alone. */
      if (!names) continue;
      const there = shown.split(" ").filter(isShown), called = JSON.parse(names);
      write(place.querySelector(".name"), called[there.length === 1 ? there[0] : ""]);
    }
    const slider = frame.querySelector(".map-departure input");
    if (slider && cells.departures) {
      slider.value = state.departure + 1;
      slider.setAttribute("aria-valuetext", departureText(cells, state));
      write(frame.querySelector(".map-departure output"), departureText(cells, state));
    }
    for (const input of frame.querySelectorAll("input[name=season]")) input.checked = input.value === state.season;
    frame.classList.toggle("of-rings", isShown("isochrones") && !isShown("cells"));
    const counts = cells.bands(state), shares = sharesOf(counts);
    /* Of what no home has there is nothing to explain, unless rings show it, or the plan's side of the swipe. */
    const beside = layers.cells_after ? counts.length : isShown("isochrones") ? state.cutoffs.length : 0;
    counts.forEach(function (count, band) {
      for (const place of frame.querySelectorAll('[data-tells="band-' + band + '"]')) {
        const row = place.parentElement, { with: shown } = row.dataset;
        place.dataset.usual ??= place.textContent;
        const usual = frame.dataset.steps ? place.dataset.usual : state.words.profiles[state.profile]["band-" + band];
        write(place, moment === "usual" ? usual : shares[band]);
        /* Fewer than a per cent may live there, in squares that are nearer on the whole. */
        const told = count || (moment === "usual" && /[1-9]/.test(usual));
        row.hidden = shown ? !isShown(shown) : !told && band >= beside;
      }
    });
    tellShares(frame, cells, state);
    const clock = moment === "departure" ? tesoma.clock(state.words.clock, tesoma.clocks(map)[state.departure]) : "";
    const told = frame.querySelector(".map-moment");
    if (told) write(told, tesoma.filled(state.words.moments[moment], { clock }));
    tellMessage(state, moment, counts, clock);
  }

  tesoma.mapStarters.push(function (map) {
    const { frame, layers, state, canvasLayers } = map.tesoma;
    frame.addEventListener("input", function ({ target }) {
      if (!target.closest(".map-departure")) return;
      state.departure = target.value - 1;
      for (const canvasLayer of canvasLayers) canvasLayer.repaint();
      tell(map);
    });
    frame.addEventListener("change", function ({ target }) {
      if (target.name === "season") tesoma.setTime(map, { season: target.value });
      /* The address follows when the slider rests. */
      else if (target.closest(".map-departure")) map.fire("tesoma:change");
    });
    if (!layers.cells) return;
    map.on("tesoma:change tesoma:arrived zoomend", () => tell(map));
    tell(map);
  });
})(window.tesoma);
