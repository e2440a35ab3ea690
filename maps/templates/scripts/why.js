/* Why a home is so many minutes away: its way and the straight line on the map, and the parts of its minutes. */
(function (tesoma) {
  "use strict";

  /* The way over the streets, and the straight line beside it in dashes. */
  const Way = tesoma.Painter.extend({
    order: 78,
    initialize(cells, cell, from, to) { Object.assign(this, { cells, cell, from, to, parts: [], variant: null }); },
    prepare(state) { this.cells.detail(state.profile); },
    paint(context, view) {
      const { colours, profile } = view.canvasLayer.state, { routes } = this.cells.detail(profile) || {};
      context.beginPath();
      if (routes && this.cell < routes.length) tesoma.traceLine(context, view, routes, this.cell);
      this.stroke(context, colours, view.unit, 4);
      context.beginPath();
      context.moveTo(view.x(this.from.x), view.y(this.from.y));
      context.lineTo(view.x(this.to.x), view.y(this.to.y));
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
    const { frame, layers, state } = map.tesoma, box = frame.querySelector(".map-why");
    if (!box || !layers.cells) return;
    const { cells, hub } = layers;
    let way = null, cell = -1;
    const tell = function () {
      const detail = cell >= 0 && cells.detail(state.profile), known = detail && detail.parts;
      const there = cell >= 0 && cells.toHub[state.profile][cell] >= 0;
      box.hidden = !known || !there;
      if (box.hidden) return;
      box.querySelector(".map-note").textContent = detail.routes ? state.words.why_way : state.words.why_no_way;
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
