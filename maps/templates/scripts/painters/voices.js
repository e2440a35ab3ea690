/* What residents said, as the privacy gate let it go: cells and lines that stand for several, and points shown on
   purpose. */
(function (tesoma) {
  "use strict";

  const painters = tesoma.painters;

  /* Corners of the sign of each kind on a circle of radius 1, as degrees from the top; none: a circle. The legend has
     the same in map_frame.html.j2. */
  const SIGNS = [[0, 120, 240], [0, 90, 180, 270], [], [45, 135, 225, 315], [0, 72, 144, 216, 288], [30, 90, 150, 210, 270, 330], []];
  /* So that all are as large. */
  const GROWN = [1.5, 1.25, 1, 1.2, 1.15, 1.1, 1];

  painters.voices = tesoma.Painter.extend({
    order: 60,
    unpack(data) {
      this.kind = data.kind;
      this.sign = data.sign;
      this.signs = tesoma.integers(data.signs);
      this.shapes = tesoma.shapes(data.cells);
      /* A cell's topics as pairs of topic and voices; respondents may speak of several. */
      this.topics = data.topics;
      this.topicCounts = data.told;
      this.xy = tesoma.integers(data.xy);
      this.points = data.said;
      /* Streets and wished links that many drew: what it is, and by how many at least. */
      this.lines = tesoma.lines(data.lines);
      this.drawn = data.drawn;
    },
    /** What is told of a cell: of the one topic that the map is about, when there is one. */
    pairsOf(cell, { topic }) {
      return this.topicCounts[cell].filter(([at]) => !topic || this.topics[at] === topic);
    },
    /** Whether a single point is about that topic. */
    concerns(point, { topic }) {
      const [category, , themes] = this.points[point];
      return !topic || topic === category || (themes || "").split(";").includes(topic);
    },
    paint(context, view) {
      const { state } = view.canvasLayer, { colours } = state, box = this.shapes.box;
      const voices = this.topicCounts.map((_, cell) => Math.max(0, ...this.pairsOf(cell, state).map((pair) => pair[1])));
      const most = Math.max(1, ...voices);
      /* A sign in each cell, its area as the voices, where the cell has land. */
      for (let cell = 0; cell < this.shapes.length; cell++) {
        if (!voices[cell] || !view.touches(box, cell)) continue;
        const radius = Math.max(8, 22 * Math.sqrt(voices[cell] / most)) * view.unit;
        this.trace(context, view.x(this.signs[2 * cell]), view.y(this.signs[2 * cell + 1]), radius);
        this.mark(context, colours, view.unit, 0.8);
      }
      if (!state.topic) this.paintLines(context, view, colours);
      for (let i = 0; i < this.xy.length; i += 2) {
        if (!this.concerns(i / 2, state)) continue;
        this.trace(context, view.x(this.xy[i]), view.y(this.xy[i + 1]), 5 * view.unit);
        this.mark(context, colours, view.unit, 1);
      }
    },
    /** The sign of the kind around a place. */
    trace(context, x, y, radius) {
      const corners = SIGNS[this.sign], size = radius * GROWN[this.sign];
      context.beginPath();
      if (!corners.length) context.arc(x, y, size, 0, 2 * Math.PI);
      for (const corner of corners) {
        const turn = (corner * Math.PI) / 180;
        context.lineTo(x + size * Math.sin(turn), y - size * Math.cos(turn));
      }
      context.closePath();
    },
    /** Lines have no topic. A link that is only wished for is dashed. */
    paintLines(context, view, colours) {
      context.lineCap = "round";
      for (const [colour, more] of [[colours.halo, 3], [colours.voices[this.sign], 0]]) {
        context.strokeStyle = colour;
        for (let line = 0; line < this.lines.length; line++) {
          if (!view.touches(this.lines.box, line)) continue;
          const [what, voices] = this.drawn[line];
          context.lineWidth = (3 + Math.min(5, voices / 10) + more) * view.unit;
          context.setLineDash(what === "wished_link" && !more ? [9 * view.unit, 8 * view.unit] : []);
          context.beginPath();
          tesoma.traceLine(context, view, this.lines, line);
          context.stroke();
        }
      }
      context.setLineDash([]);
      context.lineCap = "butt";
    },
    mark(context, colours, unit, strength) {
      context.globalAlpha = strength;
      context.fillStyle = colours.voices[this.sign];
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = colours.halo;
      context.lineWidth = 1.5 * unit;
      context.stroke();
    },
    at(place, reach, state) {
      const words = state.words, kind = words.voices[this.kind] || this.kind;
      const topic = (name) => words.topics[name] || name;
      for (let i = 0; i < this.xy.length; i += 2) {
        if (!this.concerns(i / 2, state)) continue;
        if (Math.hypot(this.xy[i] - place.x, this.xy[i + 1] - place.y) >= reach) continue;
        const [category, text] = this.points[i / 2];
        return [kind, category && topic(category), text].filter(Boolean);
      }
      const line = state.topic ? -1 : tesoma.lineNear(this.lines, place, reach);
      if (line >= 0) return [kind, words.drawn[this.drawn[line][0]].replace("{n}", this.drawn[line][1])];
      let found = -1, nearest = 2 * reach;
      for (let cell = 0; cell < this.shapes.length; cell++) {
        if (!this.pairsOf(cell, state).length) continue;
        const away = Math.hypot(this.signs[2 * cell] - place.x, this.signs[2 * cell + 1] - place.y);
        if (away < nearest) { nearest = away; found = cell; }
      }
      if (found < 0) return null;
      const count = (voices) => tesoma.counted(words.heard, voices);
      return [kind, ...this.pairsOf(found, state).map(([at, voices]) => topic(this.topics[at]) + ": " + count(voices))];
    },
  });
})(window.tesoma);
