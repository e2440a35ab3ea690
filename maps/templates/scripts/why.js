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

  /* The way over the streets, and the straight line beside it in dashes; by a timetable the ride, and the walks to it and
     from it in dashes. Names lie over it. */
  const Way = tesoma.Painter.extend({
    order: 74,
    initialize(cells, cell, from, to) { Object.assign(this, { cells, cell, from, to, parts: [], variant: null }); },
    prepare(state) { this.cells.detail(state.profile); },
    paint(context, view) {
      const { colours, profile } = view.canvasLayer.state, { routes } = this.cells.detail(profile) || {}, { from, to } = this;
      const way = this.cells.way(profile, this.cell) || [], ridden = !routes && way.length;
      this.trace(context, view, [routes ? begunAt(from, way) : way]);
      this.stroke(context, colours, view.unit, 4);
      this.trace(context, view, ridden ? [[from, way[0]], [way[way.length - 1], to]] : [[from, to]]);
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

  /** The parts of a cell that are something, in the order in which they are added up, as texts. */
  function partsOf(state, parts, cell) {
    const language = document.documentElement.lang, { words } = state;
    const shown = (seconds, sign) => tesoma.filled(words.minutes, {
      n: (seconds / 60).toLocaleString(language, { maximumFractionDigits: 1, signDisplay: sign }).replace("-", "−"),
    });
    const rows = Object.entries(parts).filter(([, seconds]) => Math.abs(seconds[cell]) >= 3);
    const total = rows.reduce((sum, [, seconds]) => sum + seconds[cell], 0);
    return [
      ...rows.map(([part, seconds], i) => [words.parts[part], shown(seconds[cell], i ? "always" : "auto")]),
      [words.why_sum, shown(total, "auto")],
    ];
  }

  tesoma.mapStarters.push(function (map) {
    const { frame, layers, state } = map.tesoma, box = frame.querySelector(".map-why"), key = frame.querySelector(".map-lines");
    if (!box || !layers.cells) return;
    const { cells, hub } = layers;
    let way = null, cell = -1;
    const tell = function () {
      const line = cell >= 0 && state.profile === state.timetable ? cells.way(state.profile, cell) || [] : [];
      state.ride = line.length ? [line[0], line[line.length - 1]] : null;
      const detail = cell >= 0 && cells.detail(state.profile), known = detail && detail.parts;
      const there = cell >= 0 && cells.toHub[state.profile][cell] >= 0;
      box.hidden = key.hidden = !known || !there;
      if (box.hidden) return;
      const { why_way, why_ride, why_on_foot } = state.words;
      key.textContent = detail.routes ? why_way : cells.way(state.profile, cell).length ? why_ride : why_on_foot;
      box.querySelector("ul").replaceChildren(...tesoma.items(partsOf(state, known, cell)));
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
