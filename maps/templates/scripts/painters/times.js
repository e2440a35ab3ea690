/* Minutes to the hub: isochrones, and homes as cells. */
(function (tesoma) {
  "use strict";

  const painters = tesoma.painters;

  function bandColour(state, seconds) {
    const { cutoffs, colours } = state;
    if (seconds < 0) return colours.unreachable;
    const band = cutoffs.findIndex((minutes) => seconds <= minutes * 60);
    return band < 0 ? colours.beyond : colours.ramp[state.rampSteps[band]];
  }

  function mixed(colour, ground, share) {
    const channel = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
    return "rgb(" + [0, 1, 2].map((i) =>
      Math.round(channel(colour, i) * share + channel(ground, i) * (1 - share))).join() + ")";
  }

  painters.isochrones = tesoma.Painter.extend({
    order: 10,
    unpack(data) { this.profiles = data.profiles; },
    unpackPart: (rings) => rings.map((ring) => ({ band: ring.band, shapes: tesoma.shapes(ring) })),
    /* A part a way of moving. */
    of(profile) { return this.part(this.profiles.indexOf(profile)); },
    prepare(state) { this.of(state.profile); },
    paint(context, view) {
      const state = view.sheet.state;
      /* Nested: the largest first, each covering the one before. */
      for (const ring of this.of(state.profile) || []) {
        tesoma.traceShapes(context, view, ring.shapes);
        const colour = state.colours.ramp[state.rampSteps[ring.band]];
        context.fillStyle = mixed(colour, state.colours.land, state.colours.tint);
        context.fill("evenodd");
      }
    },
  });

  painters.cells = tesoma.Painter.extend({
    order: 30,
    unpack(data) {
      this.quads = tesoma.lines(data.quads);
      this.areas = data.areas;
      this.area = tesoma.integers(data.area);
      this.residents = tesoma.integers(data.residents);
      this.toHub = {};
      this.fromHub = {};
      for (const profile in data.to_hub_s) {
        this.toHub[profile] = tesoma.integers(data.to_hub_s[profile]);
        this.fromHub[profile] = tesoma.integers(data.from_hub_s[profile]);
      }
    },
    paint(context, view) {
      const state = view.sheet.state, seconds = this.toHub[state.profile];
      if (!seconds) return;
      context.strokeStyle = state.colours.land;
      context.lineWidth = (view.zoom < 14 ? 0.5 : 1.5) * view.unit;
      for (let cell = 0; cell < this.quads.length; cell++) {
        if (!view.touches(this.quads.box, cell)) continue;
        context.beginPath();
        tesoma.traceLine(context, view, this.quads, cell);
        context.closePath();
        context.fillStyle = bandColour(state, seconds[cell]);
        context.fill();
        context.stroke();
      }
    },
    at(place, reach, state) {
      const { xy, start, box } = this.quads;
      for (let cell = 0; cell < this.quads.length; cell++) {
        const i = 4 * cell;
        if (place.x < box[i] || place.x > box[i + 2] || place.y < box[i + 1] || place.y > box[i + 3]) continue;
        let inside = false;
        for (let a = start[cell], b = start[cell + 1] - 2; a < start[cell + 1]; b = a, a += 2) {
          if (xy[a + 1] > place.y !== xy[b + 1] > place.y &&
              place.x < ((xy[b] - xy[a]) * (place.y - xy[a + 1])) / (xy[b + 1] - xy[a + 1]) + xy[a]) inside = !inside;
        }
        if (inside) return this.told(cell, state);
      }
      return null;
    },
    told(cell, state) {
      const { words, profile } = state;
      return [
        tesoma.minutes(words, this.toHub[profile][cell], words.to_hub),
        tesoma.minutes(words, this.fromHub[profile][cell], words.back),
        tesoma.counted(words.residents, this.residents[cell]),
      ];
    },
  });
})(window.tesoma);
