/* Minutes that a plan wins or loses for each home: before less after, on a scale with two ends. */
(function (tesoma) {
  "use strict";

  const painters = tesoma.painters;
  /* Seconds that part the steps of the scale; the legend has the same minutes (render/map/difference.py). */
  const STEPS = [-300, -120, -60, 60, 120, 300];

  /** Which step of the scale so many seconds won belong to, from 0 (most lost) on. */
  tesoma.wonStep = function (won) {
    const step = STEPS.findIndex((limit) => (limit < 0 ? won <= limit : won < limit));
    return step < 0 ? STEPS.length : step;
  };
  /** Seconds won; a way where there was none is won without end. null: there is none on either side. */
  tesoma.wonSeconds = function (was, is) {
    if (was < 0 && is < 0) return null;
    if (was < 0) return Infinity;
    return is < 0 ? -Infinity : was - is;
  };

  painters.difference = tesoma.Painter.extend({
    order: 31,
    /* Seconds to the nearest service before and after, by way of moving; none where the map is about the hub. */
    unpack(data) {
      this.toKind = {};
      for (const [profile, sides] of Object.entries(data.to_kind_s || {})) this.toKind[profile] = sides.map(tesoma.integers);
      this.ofKind = Boolean(data.to_kind_s);
    },
    before() { return this._map.tesoma.layers.cells; },
    after() { return this._map.tesoma.layers.cells_after; },
    /** Which home after is which before: the same square, whatever its number; -1 for a new one. */
    pairs() {
      if (this.paired) return this.paired;
      const corner = ({ xy, start }, cell) => xy[start[cell]] + "," + xy[start[cell] + 1];
      const was = this.before().quads, is = this.after().quads, at = new Map();
      for (let cell = 0; cell < was.length; cell++) at.set(corner(was, cell), cell);
      this.paired = Array.from({ length: is.length }, (_, cell) => at.get(corner(is, cell)) ?? -1);
      return this.paired;
    },
    prepare(state) {
      this.before().seconds(state);
      this.after().seconds(state);
    },
    /** Seconds before and after of a home; null: nothing to compare. */
    sides(cell, state) {
      const other = this.pairs()[cell];
      if (other < 0) return null;
      if (this.ofKind) return this.toKind[state.profile] ? this.toKind[state.profile].map((seconds) => seconds[cell]) : null;
      const was = this.before().seconds(state), is = this.after().seconds(state);
      return was && is ? [was[other], is[cell]] : null;
    },
    /** Seconds won, those lost below nought; null: nothing to compare. */
    won(cell, state) {
      const sides = this.sides(cell, state);
      return sides && tesoma.wonSeconds(...sides);
    },
    /** How many homes that win or lose a box (its middle, half its width and height) would hide at a scale. */
    hidden([x, y, half, high], scale, state) {
      const { box } = this.after().quads;
      return this.changed(state).filter((at) =>
        Math.abs((box[at] + box[at + 2]) * scale / 2 - x) < half + (box[at + 2] - box[at]) * scale / 2
        && Math.abs((box[at + 1] + box[at + 3]) * scale / 2 - y) < high + (box[at + 3] - box[at + 1]) * scale / 2).length;
    },
    /** Where the boxes of homes that win or lose begin, by the shown way of moving. */
    changed(state) {
      if (!this.found || this.found.profile !== state.profile) {
        const at = Array.from({ length: this.after().quads.length }, (_, cell) => 4 * cell);
        const same = tesoma.wonStep(0);
        this.found = { profile: state.profile, at: at.filter((_, cell) => {
          const won = this.won(cell, state);
          return won !== null && tesoma.wonStep(won) !== same;
        }) };
      }
      return this.found.at;
    },
    paint(context, view) {
      const state = view.canvasLayer.state, { colours } = state, { quads } = this.after();
      context.strokeStyle = colours.land;
      context.lineWidth = (view.zoom < 14 ? 0.5 : 1.5) * view.unit;
      for (let cell = 0; cell < quads.length; cell++) {
        if (!view.touches(quads.box, cell)) continue;
        const won = this.won(cell, state);
        if (won === null) continue;
        context.beginPath();
        tesoma.traceLine(context, view, quads, cell);
        context.closePath();
        context.fillStyle = colours.won[tesoma.wonStep(won)];
        context.fill();
        context.stroke();
      }
    },
    at(place, reach, state) {
      const cell = this.after().cellAt(place), { words } = state, won = cell < 0 ? null : this.won(cell, state);
      if (won === null) return null;
      const [was, is] = this.sides(cell, state);
      return [
        tesoma.minutes(words, was, words.was), tesoma.minutes(words, is, words.will_be),
        tesoma.counted(words.residents, this.after().residents[cell]),
      ];
    },
  });
})(window.tesoma);
