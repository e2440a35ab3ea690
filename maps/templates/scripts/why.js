/* Why a home is so many minutes away: its straight line on the map, and the parts of its minutes beside it. */
(function (tesoma) {
  "use strict";

  const Line = tesoma.Painter.extend({
    order: 78,
    initialize(from, to) { Object.assign(this, { from, to, parts: [], variant: null }); },
    paint(context, view) {
      const { colours } = view.sheet.state;
      for (const [colour, width] of [["halo", 5], ["hub", 2.5]]) {
        context.beginPath();
        context.moveTo(view.x(this.from.x), view.y(this.from.y));
        context.lineTo(view.x(this.to.x), view.y(this.to.y));
        context.setLineDash([7 * view.unit, 5 * view.unit]);
        context.lineCap = "butt";
        context.strokeStyle = colours[colour];
        context.lineWidth = width * view.unit;
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

  function list(rows) {
    return rows.map(function (texts) {
      const item = document.createElement("li");
      item.append(...texts.map(function (text) {
        const span = document.createElement("span");
        span.textContent = text;
        return span;
      }));
      return item;
    });
  }

  tesoma.begins.push(function (map) {
    const { frame, layers, state } = map.tesoma, box = frame.querySelector(".map-why");
    if (!box || !layers.cells) return;
    const { cells, hub } = layers;
    let line = null, cell = -1;
    const tell = function () {
      const detail = cell >= 0 && cells.detail(state.profile), known = detail && detail.parts;
      const there = cell >= 0 && cells.toHub[state.profile][cell] >= 0;
      box.hidden = !known || !there;
      if (box.hidden) return;
      box.querySelector("ul").replaceChildren(...list(partsOf(state, known, cell)));
    };
    const look = function (latlng) {
      if (line) line.remove();
      line = null;
      cell = cells.cellAt(map.project(latlng, tesoma.ZOOM));
      if (cell >= 0) {
        const { box: sides } = cells.quads, i = 4 * cell;
        const middle = { x: (sides[i] + sides[i + 2]) / 2, y: (sides[i + 1] + sides[i + 3]) / 2 };
        line = new Line(middle, hub.nearest(middle)).addTo(map);
      }
      tell();
    };
    map.on("click", ({ latlng }) => look(latlng));
    map.on("tesoma:change tesoma:arrived", tell);
  });
})(window.tesoma);
