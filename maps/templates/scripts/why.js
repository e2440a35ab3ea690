/* Why a home is so many minutes away: its way and the straight line on the map, and the parts of its minutes. */
(function (tesoma) {
  "use strict";

  /** A way as it begins at a place: from there to where its beginning comes nearest, and on. */
  function begunAt(from, way) {
    if (!way.length) return way;
    const reach = 2 * Math.hypot(way[0].x - from.x, way[0].y - from.y);
    let best = way[0], least = reach / 2, rest = 1;
    for (let i = 1, gone = 0; i < way.length && gone < reach; i++) {
      const one = way[i - 1], dx = way[i].x - one.x, dy = way[i].y - one.y, long = Math.hypot(dx, dy) || 1;
      const along = Math.max(0, Math.min(1, ((from.x - one.x) * dx + (from.y - one.y) * dy) / (long * long)));
      const at = { x: one.x + along * dx, y: one.y + along * dy }, away = Math.hypot(at.x - from.x, at.y - from.y);
      if (away < least) [best, least, rest] = [at, away, i];
      gone += long;
    }
    return [from, best, ...way.slice(rest)];
  }

  /** The walks of a trip by timetable, each to where the next ride begins: along the streets, straight where none are known. */
  function walksOf(from, legs, to) {
    return legs.flatMap(function (walk, i) {
      if (i % 2) return [];
      const begun = i ? [legs[i - 1][legs[i - 1].length - 1], ...walk] : walk.length ? begunAt(from, walk) : [from];
      const next = legs[i + 1];
      return [next ? [...begun, next[0]] : walk.length ? begun : [...begun, to]];
    });
  }

  /* The way over the streets, and the straight line beside it in dashes; by a timetable the rides, and the walks to them,
     between them and from them in dashes. Names lie over it. */
  const Way = tesoma.Painter.extend({
    order: 74,
    initialize(cells, cell, from, to) { Object.assign(this, { cells, cell, from, to, parts: [], variant: null }); },
    prepare(state) { this.cells.detail(state.profile); },
    /* At once, as nothing of it is to be unpacked: where one way follows another the map is never without. */
    onAdd(map) { for (const canvasLayer of map.tesoma.canvasLayers) canvasLayer.enter(this); },
    /** Its lines by a way of moving, as points. */
    lines(profile) {
      const legs = this.cells.legs(profile, this.cell) || [], { from, to } = this;
      return legs.length > 1
        ? { solid: legs.filter((_, i) => i % 2), dashed: walksOf(from, legs, to) }
        : { solid: legs.map((way) => begunAt(from, way)), dashed: [[from, to]] };
    },
    paint(context, view) {
      const { colours, profile } = view.canvasLayer.state, { solid, dashed } = this.lines(profile);
      this.trace(context, view, solid);
      this.stroke(context, colours, view.unit, 4);
      this.trace(context, view, dashed);
      context.setLineDash([7 * view.unit, 5 * view.unit]);
      this.stroke(context, colours, view.unit, 2);
    },
    trace(context, view, lines) {
      context.beginPath();
      for (const line of lines) line.forEach(({ x, y }, i) => context[i ? "lineTo" : "moveTo"](view.x(x), view.y(y)));
    },
    stroke(context, colours, unit, width) {
      context.lineCap = "butt";
      for (const [colour, wide] of [["halo", width + 3], ["hub", width]]) {
        context.strokeStyle = colours[colour];
        context.lineWidth = wide * unit;
        context.stroke();
      }
    },
  });

  /** Where rides begin and end, with the names of these stops as far as they are told. */
  function endsOf(rides, boarded) {
    return rides.flatMap(function (ride, i) {
      const [, from, to] = boarded[i] || [];
      return [{ ...ride[0], name: from }, { ...ride[ride.length - 1], name: to }];
    });
  }

  /** What the lines on the map are. */
  function linesTold({ why_way, why_ride, why_straight, why_on_foot }, { routes }, legs) {
    if (legs.length < 2) return routes ? why_way : why_on_foot;
    return legs.some((leg, i) => i % 2 === 0 && !leg.length) ? why_ride + " " + why_straight : why_ride;
  }

  /** The parts of a cell that are something, in the order in which they are added up, as texts; and whether they do as shown. */
  function partsOf(state, parts, cell) {
    const language = document.documentElement.lang, { words } = state;
    const shown = (seconds, sign) => tesoma.filled(words.minutes, {
      n: (seconds / 60).toLocaleString(language, { maximumFractionDigits: 1, signDisplay: sign }).replace("-", "−"),
    });
    const rows = Object.entries(parts).filter(([, seconds]) => Math.abs(seconds[cell]) >= 3);
    const total = rows.reduce((sum, [, seconds]) => sum + seconds[cell], 0);
    const tenths = (seconds) => Math.round(seconds / 6);
    return {
      apart: rows.reduce((sum, [, seconds]) => sum + tenths(seconds[cell]), 0) !== tenths(total),
      texts: [
        ...rows.map(([part, seconds], i) => [words.parts[part], shown(seconds[cell], i ? "always" : "auto")]),
        [words.why_sum, shown(total, "auto")],
      ],
    };
  }

  tesoma.mapStarters.push(function (map) {
    const { frame, layers, state } = map.tesoma, box = frame.querySelector(".map-why"), key = frame.querySelector(".map-lines");
    if (!box || !layers.cells) return;
    const { cells, hub } = layers;
    let way = null, cell = -1;
    const tell = function () {
      const legs = (cell >= 0 && cells.legs(state.profile, cell)) || [], rides = legs.filter((_, i) => i % 2);
      state.ride = rides.length ? endsOf(rides, cells.rides(cell).boarded) : null;
      const detail = cell >= 0 && cells.detail(state.profile), known = detail && detail.parts;
      const there = cell >= 0 && cells.toHub[state.profile][cell] >= 0;
      box.hidden = key.hidden = !known || !there;
      if (box.hidden) return;
      key.textContent = linesTold(state.words, detail, legs);
      const { texts, apart } = partsOf(state, known, cell);
      box.querySelector("ul").replaceChildren(...tesoma.items(texts));
      box.querySelector(".why-apart").hidden = !apart;
    };
    const look = function (latlng, home) {
      if (way) way.remove();
      way = null;
      cell = cells.cellAt(map.project(latlng, tesoma.ZOOM));
      if (cell >= 0) {
        const { box: sides } = cells.quads, i = 4 * cell;
        const middle = { x: (sides[i] + sides[i + 2]) / 2, y: (sides[i + 1] + sides[i + 3]) / 2 };
        /* From the pin, where it was looked for; minutes are those of the square. */
        way = new Way(cells, cell, home || middle, hub.nearest(middle)).addTo(map);
      }
      tell();
    };
    map.on("click", ({ latlng, home }) => look(latlng, home));
    map.on("tesoma:change tesoma:arrived", tell);
  });
})(window.tesoma);
