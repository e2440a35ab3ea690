/* Why a home is so many minutes away: its way and the straight line on the map, and the parts of its minutes. */
(function (tesoma) {
  "use strict";

  /** The first and the last point of one of many lines; none where it has no points. */
  function endsOf({ xy, start, length }, line) {
    const from = line < length ? start[line] : 0, to = line < length ? start[line + 1] : 0;
    return from === to ? null : [{ x: xy[from], y: xy[from + 1] }, { x: xy[to - 2], y: xy[to - 1] }];
  }

  /* The way over the streets, and the straight line beside it in dashes; by a timetable the ride, and the walks to it and
     from it in dashes. */
  const Way = tesoma.Painter.extend({
    order: 78,
    initialize(cells, cell, from, to) { Object.assign(this, { cells, cell, from, to, parts: [], variant: null }); },
    prepare(state) { this.cells.detail(state.profile); },
    paint(context, view) {
      const { colours, profile } = view.canvasLayer.state, { routes, rides } = this.cells.detail(profile) || {};
      const way = routes || rides, ridden = rides && endsOf(rides, this.cell);
      context.beginPath();
      if (way && this.cell < way.length) tesoma.traceLine(context, view, way, this.cell);
      this.stroke(context, colours, view.unit, 4);
      context.beginPath();
      for (const [from, to] of ridden ? [[this.from, ridden[0]], [ridden[1], this.to]] : [[this.from, this.to]]) {
        context.moveTo(view.x(from.x), view.y(from.y));
        context.lineTo(view.x(to.x), view.y(to.y));
      }
      context.setLineDash([7 * view.unit, 5 * view.unit]);
      this.stroke(context, colours, view.unit, 2);
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
      n: (seconds / 60).toLocaleString(language, { maximumFractionDigits: 1, signDisplay: sign }),
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
      const detail = cell >= 0 && cells.detail(state.profile), known = detail && detail.parts;
      const there = cell >= 0 && cells.toHub[state.profile][cell] >= 0;
      box.hidden = key.hidden = !known || !there;
      if (box.hidden) return;
      const { why_way, why_ride, why_on_foot } = state.words;
      key.textContent = detail.routes ? why_way : detail.rides && endsOf(detail.rides, cell) ? why_ride : why_on_foot;
      box.querySelector("ul").replaceChildren(...tesoma.items(partsOf(state, known, cell)));
    };
    const look = function (latlng) {
      if (way) way.remove();
      way = null;
      cell = cells.cellAt(map.project(latlng, tesoma.ZOOM));
      if (cell >= 0) {
        const { box: sides } = cells.quads, i = 4 * cell;
        const middle = { x: (sides[i] + sides[i + 2]) / 2, y: (sides[i + 1] + sides[i + 3]) / 2 };
        way = new Way(cells, cell, middle, hub.nearest(middle)).addTo(map);
      }
      tell();
    };
    map.on("click", ({ latlng }) => look(latlng));
    map.on("tesoma:change tesoma:arrived", tell);
  });
})(window.tesoma);
