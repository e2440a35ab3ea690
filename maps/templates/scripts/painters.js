/* What the sheet shows: a painter a kind of layer. Text of data reaches the page as canvas text or textContent only. */
(function (tesoma) {
  "use strict";

  const painters = (tesoma.painters = {});

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
    initialize(data) {
      this.variant = data.variant;
      this.byProfile = {};
      for (const profile in data.rings) {
        this.byProfile[profile] = data.rings[profile].map((ring) => ({ band: ring.band, shapes: tesoma.shapes(ring) }));
      }
    },
    paint(context, view) {
      const state = view.sheet.state, rings = this.byProfile[state.profile] || [];
      /* Nested: the largest first, each covering the one before. */
      for (const ring of rings) {
        tesoma.traceShapes(context, view, ring.shapes);
        const colour = state.colours.ramp[state.rampSteps[ring.band]];
        context.fillStyle = mixed(colour, state.colours.land, state.colours.tint);
        context.fill("evenodd");
      }
    },
  });

  painters.water = tesoma.Painter.extend({
    order: 20,
    initialize(data) { this.shapes = tesoma.shapes(data); },
    paint(context, view) {
      tesoma.traceShapes(context, view, this.shapes);
      context.fillStyle = view.sheet.state.colours.water;
      context.fill("evenodd");
    },
  });

  painters.cells = tesoma.Painter.extend({
    order: 30,
    initialize(data) {
      this.variant = data.variant;
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

  /* Widths in pixels at zoom 12, 14 and 16 and above; classes as render/layers.py numbers them. */
  const STREETS = [
    { from: 0, widths: [1.6, 2.6, 5], colour: "major" },
    { from: 0, widths: [1.0, 2.0, 4], colour: "major" },
    { from: 12, widths: [0.5, 1.3, 3], colour: "street" },
    { from: 14, widths: [0.3, 0.7, 1.6], colour: "street" },
    { from: 13, widths: [0.3, 0.8, 1.4], colour: "path", dash: [4, 3] },
    { from: 14, widths: [0.6, 1.6, 4], colour: "path", dash: [1.5, 2.5] },
  ];

  function streetWidth(widths, zoom) {
    if (zoom <= 14) return widths[0] + ((widths[1] - widths[0]) * Math.max(0, zoom - 12)) / 2;
    return widths[1] + ((widths[2] - widths[1]) * Math.min(2, zoom - 14)) / 2;
  }

  painters.streets = tesoma.Painter.extend({
    order: 40,
    initialize(data) {
      this.classes = data.classes.map((packed) => packed && tesoma.lines(packed));
    },
    paint(context, view) {
      const colours = view.sheet.state.colours;
      for (let number = this.classes.length - 1; number >= 0; number--) {
        const lines = this.classes[number], style = STREETS[number];
        if (!lines || view.zoom < style.from) continue;
        context.beginPath();
        for (let line = 0; line < lines.length; line++) {
          if (view.touches(lines.box, line)) tesoma.traceLine(context, view, lines, line);
        }
        context.strokeStyle = colours[style.colour];
        context.lineWidth = streetWidth(style.widths, view.zoom) * view.unit;
        context.setLineDash(style.dash && view.zoom > 14 ? style.dash.map((length) => length * view.unit) : []);
        context.lineCap = style.dash ? "butt" : "round";
        context.stroke();
      }
    },
  });

  painters.district = tesoma.Painter.extend({
    order: 50,
    initialize(data) { this.shapes = tesoma.shapes(data); },
    paint(context, view) {
      const colours = view.sheet.state.colours;
      tesoma.traceShapes(context, view, this.shapes);
      context.lineWidth = 5 * view.unit;
      context.strokeStyle = colours.halo;
      context.stroke();
      context.lineWidth = 2 * view.unit;
      context.setLineDash([9 * view.unit, 5 * view.unit]);
      context.strokeStyle = colours.text;
      context.stroke();
    },
  });

  /* Names: of areas and waters level, of streets along them; what would cover another stays away. */
  const NAMES = {
    area: { from: 12, size: 12.5, weight: 600, colour: "text" },
    water: { from: 12.5, size: 12, weight: 400, colour: "water_text", style: "italic " },
    street: { from: 14.5, size: 11.5, weight: 400, colour: "text" },
  };

  painters.names = tesoma.Painter.extend({
    order: 75,
    initialize(data) {
      const text = tesoma.integers(data.text), kind = tesoma.integers(data.kind);
      this.names = Array.from(text, (at, i) => ({ text: data.texts[at], kind: data.kinds[kind[i]] }));
      this.xy = tesoma.integers(data.xy);
      this.degrees = tesoma.integers(data.degrees);
      this.length = tesoma.integers(data.length);
      this.placed = {};
    },
    font: (look, size, colours) => (look.style || "") + look.weight + " " + size + "px " + colours.font,
    /** Which names have room at this zoom, in the order in which they were given. */
    place(context, zoom, state, sheet) {
      const scale = Math.pow(2, zoom - tesoma.ZOOM), colours = state.colours, chosen = [];
      const taken = sheet.painters.flatMap((painter) => painter.boxes(context, scale, state));
      this.names.forEach(({ text, kind }, i) => {
        const look = NAMES[kind];
        if (zoom < look.from) return;
        context.font = this.font(look, look.size, colours);
        const width = context.measureText(text).width, turn = (this.degrees[i] * Math.PI) / 180;
        if (this.length[i] && this.length[i] * scale < width + 8) return;
        const x = this.xy[2 * i] * scale, middle = this.xy[2 * i + 1] * scale;
        /* One name is not written twice side by side. */
        if (chosen.some((other) => other.text === text && Math.hypot(other.x - x, other.y - middle) < 400)) return;
        const across = Math.abs(Math.cos(turn)), down = Math.abs(Math.sin(turn));
        const half = [(across * width + down * look.size) / 2 + 4, (down * width + across * look.size) / 2 + 4];
        const free = (y) => taken.every((box) =>
          Math.abs(box[0] - x) >= box[2] + half[0] || Math.abs(box[1] - y) >= box[3] + half[1]);
        const y = (this.length[i] ? [0] : [0, -18, 18, -32, 32]).map((shift) => middle + shift).find(free);
        if (y === undefined) return;
        taken.push([x, y, ...half]);
        chosen.push({ i, x, y, text, look, turn, reach: width / 2 / scale });
      });
      return chosen;
    },
    paint(context, view) {
      const state = view.sheet.state, colours = state.colours;
      this.placed[view.zoom] = this.placed[view.zoom] || this.place(context, view.zoom, state, view.sheet);
      context.textAlign = "center";
      context.textBaseline = "middle";
      const scale = Math.pow(2, view.zoom - tesoma.ZOOM);
      for (const name of this.placed[view.zoom]) {
        const { text, look, turn, reach } = name, x = name.x / scale, y = name.y / scale;
        if (x + reach < view.west || x - reach > view.east || y + reach < view.north || y - reach > view.south) continue;
        context.save();
        context.translate(view.x(x), view.y(y));
        context.rotate(turn);
        context.font = this.font(look, look.size * view.unit, colours);
        tesoma.label(context, text, 0, 0, { halo: colours.halo_soft, text: colours[look.colour] }, view.unit);
        context.restore();
      }
    },
  });

  painters.services = tesoma.Painter.extend({
    order: 70,
    initialize(data) {
      this.kind = data.kind;
      this.icon = new Path2D(data.icon);
      this.names = data.names;
      this.xy = tesoma.integers(data.xy);
      this.fromHub = {};
      for (const profile in data.from_hub_s) this.fromHub[profile] = tesoma.integers(data.from_hub_s[profile]);
    },
    paint(context, view) {
      const colours = view.sheet.state.colours, large = view.zoom >= 14, radius = (large ? 11 : 4.5) * view.unit;
      for (let i = 0; i < this.xy.length; i += 2) {
        if (this.xy[i] < view.west || this.xy[i] > view.east) continue;
        if (this.xy[i + 1] < view.north || this.xy[i + 1] > view.south) continue;
        const x = view.x(this.xy[i]), y = view.y(this.xy[i + 1]);
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fillStyle = colours.service;
        context.strokeStyle = colours.halo;
        context.lineWidth = (large ? 2 : 1.5) * view.unit;
        context.fill();
        context.stroke();
        if (!large) continue;
        context.save();
        context.translate(x - 7.5 * view.unit, y - 7.5 * view.unit);
        context.scale(view.unit, view.unit);
        context.fillStyle = colours.halo;
        context.fill(this.icon);
        context.restore();
      }
    },
    boxes(context, scale) {
      if (scale < Math.pow(2, 14 - tesoma.ZOOM)) return [];
      const boxes = [];
      for (let i = 0; i < this.xy.length; i += 2) boxes.push([this.xy[i] * scale, this.xy[i + 1] * scale, 12, 12]);
      return boxes;
    },
    at(place, reach, state) {
      let nearest = reach * reach, found = -1;
      for (let i = 0; i < this.xy.length; i += 2) {
        const away = (this.xy[i] - place.x) ** 2 + (this.xy[i + 1] - place.y) ** 2;
        if (away < nearest) { nearest = away; found = i / 2; }
      }
      if (found < 0) return null;
      const kind = state.words.kinds[this.kind] || this.kind, name = this.names[found];
      const seconds = (this.fromHub[state.profile] || [])[found];
      const lines = name ? [name, kind] : [kind];
      if (seconds !== undefined) lines.push(tesoma.minutes(state.words, seconds, state.words.from_hub));
      return lines;
    },
  });

  /* What residents said, as the privacy gate let it go: cells that stand for several, and points shown on purpose. */
  painters.voices = tesoma.Painter.extend({
    order: 60,
    initialize(data) {
      this.kind = data.kind;
      this.shapes = tesoma.shapes(data.cells);
      /* A cell's topics as pairs of topic and voices; respondents may speak of several. */
      this.topics = data.topics;
      this.told = data.told;
      this.voices = data.told.map((pairs) => Math.max(...pairs.map((pair) => pair[1])));
      this.most = Math.max(1, ...this.voices);
      this.xy = tesoma.integers(data.xy);
      this.said = data.said;
    },
    paint(context, view) {
      const colours = view.sheet.state.colours, box = this.shapes.box;
      /* A circle in each cell, its area as the voices: the travel times under it stay readable. */
      for (let cell = 0; cell < this.shapes.length; cell++) {
        if (!view.touches(box, cell)) continue;
        const i = 4 * cell, radius = 24 * view.unit * Math.sqrt(this.voices[cell] / this.most);
        context.beginPath();
        context.arc(view.x((box[i] + box[i + 2]) / 2), view.y((box[i + 1] + box[i + 3]) / 2), radius, 0, 2 * Math.PI);
        this.mark(context, colours, view.unit);
      }
      const size = 6 * view.unit;
      for (let i = 0; i < this.xy.length; i += 2) {
        const x = view.x(this.xy[i]), y = view.y(this.xy[i + 1]);
        context.beginPath();
        context.rect(x - size / 2, y - size / 2, size, size);
        this.mark(context, colours, view.unit);
      }
    },
    mark(context, colours, unit) {
      context.globalAlpha = 0.55;
      context.fillStyle = colours.voice;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = colours.halo;
      context.lineWidth = 1.5 * unit;
      context.stroke();
    },
    at(place, reach, state) {
      const words = state.words, kind = words.voices[this.kind] || this.kind, box = this.shapes.box;
      const topic = (name) => words.topics[name] || name;
      for (let i = 0; i < this.xy.length; i += 2) {
        if (Math.hypot(this.xy[i] - place.x, this.xy[i + 1] - place.y) >= reach) continue;
        const [category, text] = this.said[i / 2];
        return [kind, category && topic(category), text].filter(Boolean);
      }
      let found = -1, nearest = 2 * reach;
      for (let cell = 0; cell < this.shapes.length; cell++) {
        const i = 4 * cell;
        const away = Math.hypot((box[i] + box[i + 2]) / 2 - place.x, (box[i + 1] + box[i + 3]) / 2 - place.y);
        if (away < nearest) { nearest = away; found = cell; }
      }
      if (found < 0) return null;
      const count = (voices) => tesoma.counted(words.heard, voices);
      return [kind, ...this.told[found].map(([at, voices]) => topic(this.topics[at]) + ": " + count(voices))];
    },
  });

  painters.hub = tesoma.Painter.extend({
    order: 80,
    initialize(data) {
      this.entrances = tesoma.integers(data.xy);
      this.icon = new Path2D(data.icon);
      /* The sign stands in the middle of the entrances. */
      this.x = this.y = 0;
      for (let i = 0; i < this.entrances.length; i += 2) {
        this.x += (2 * this.entrances[i]) / this.entrances.length;
        this.y += (2 * this.entrances[i + 1]) / this.entrances.length;
      }
    },
    dot(context, x, y, radius, colours, unit) {
      context.beginPath();
      context.arc(x, y, radius * unit, 0, 2 * Math.PI);
      context.fillStyle = colours.hub;
      context.strokeStyle = colours.halo;
      context.lineWidth = (radius / 5) * unit;
      context.fill();
      context.stroke();
    },
    paint(context, view) {
      const { colours, words } = view.sheet.state, unit = view.unit, x = view.x(this.x), y = view.y(this.y);
      for (let i = 0; i < this.entrances.length; i += 2) {
        this.dot(context, view.x(this.entrances[i]), view.y(this.entrances[i + 1]), 6, colours, unit);
      }
      this.dot(context, x, y, 15, colours, unit);
      context.save();
      context.translate(x - 10 * unit, y - 10 * unit);
      context.scale((unit * 20) / 15, (unit * 20) / 15);
      context.fillStyle = colours.halo;
      context.fill(this.icon);
      context.restore();
      context.font = "700 " + 15 * unit + "px " + colours.font;
      context.textBaseline = "middle";
      context.textAlign = "center";
      tesoma.label(context, words.hub, x, y + 26 * unit, colours, unit);
    },
    boxes(context, scale, { colours, words }) {
      context.font = "700 15px " + colours.font;
      const half = context.measureText(words.hub).width / 2 + 4, x = this.x * scale, y = this.y * scale;
      return [[x, y, 17, 17], [x, y + 26, half, 9]];
    },
    at(place, reach, state) {
      return Math.hypot(this.x - place.x, this.y - place.y) < reach ? [state.words.hub] : null;
    },
  });
})(window.tesoma);
