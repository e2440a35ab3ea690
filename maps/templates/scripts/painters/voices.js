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

  /* Radius in pixels of the sign of most, the least one, and how near two signs may come, as a share of both radii. The
     legend has two sizes by the same rule (legend_signs.py). */
  const MOST = 18, LEAST = 4, APART = 0.95;
  /* Of one topic every sign has room for its number, in letters of nine pixels at least: they take such a part of its radius. */
  const LEAST_NUMBERED = 11.5, NUMBER = 0.8;
  /* Where a sign goes that would cover another one: so many radii away, in so many directions, on land; else where it
     covers least. One whose area is drawn is looked for farther and closer, in the area first. */
  const NEAR = { steps: [0.7, 1.3, 2, 3], turns: 8 }, WITHIN = { steps: [0.5, 0.9, 1.3, 1.7, 2.1, 2.6, 3.2, 4, 5, 6.5], turns: 16 };
  /* Names of areas give way themselves, so that to cover one counts so much. */
  const YIELDING = 0.3;

  /* Measures names. */
  const LETTERS = document.createElement("canvas").getContext("2d");

  painters.voices = tesoma.Painter.extend({
    order: 60,
    unpack(data) {
      this.kind = data.kind;
      this.sign = data.sign;
      /* Signs of the first kinds have their place first. */
      this.order = 60 + data.sign / 100;
      this.placed = [];
      this.signs = tesoma.integers(data.signs);
      this.shapes = tesoma.shapes(data.cells);
      /* A cell's topics as pairs of topic and voices; respondents may speak of several. */
      this.topics = data.topics;
      this.topicCounts = data.told;
      this.streets = data.streets;
      this.areas = data.areas;
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
    /** Cells whose signs the map shows. */
    cellsShown(state) { return this.topicCounts.map((_, cell) => cell).filter((cell) => this.pairsOf(cell, state).length); },
    /** Where these signs stand. */
    signPlaces(state) { return this.cellsShown(state).map((cell) => [this.signs[2 * cell], this.signs[2 * cell + 1]]); },
    /** What areas of the district the page calls places by, each with where their signs stand, the middle of the part of
        the area that the place holds, and which points are of the place. */
    areasNamed(state) {
      const named = new Map(), shown = state.topic ? this.placed.map(({ cell }) => cell) : [];
      for (const { cell, x, y, radius } of state.topic ? this.placed : []) {
        const area = this.areas[cell], middle = { x: this.signs[2 * cell], y: this.signs[2 * cell + 1] };
        if (area) named.set(area, [...(named.get(area) || []), { x, y, radius, middle, holds: (at) => this.isOf(cell, at, shown) }]);
      }
      return named;
    },
    /** Counts of a topic where they stand, and the area by which the page calls their place. */
    countsPlaced(state) { return state.topic ? this.placed.map((sign) => ({ ...sign, area: this.areas[sign.cell] })) : []; },
    /** Corners of the areas that are drawn for them: of one topic those of all. */
    extentCorners(state) {
      const { box } = this.shapes, cornersOf = (i) => [[box[i], box[i + 1]], [box[i + 2], box[i + 3]]];
      return state.topic ? this.cellsShown(state).flatMap((cell) => cornersOf(4 * cell)) : [];
    },
    /** How many told of each cell what most did. */
    voices(state) {
      return this.topicCounts.map((_, cell) => Math.max(0, ...this.pairsOf(cell, state).map((pair) => pair[1])));
    },
    /** Whether a single point is about that topic. */
    concerns(point, { topic }) {
      const [category, , themes] = this.points[point];
      return !topic || topic === category || (themes || "").split(";").includes(topic);
    },
    /** Gives each cell's sign its place at a zoom: the cell's, or beside it where signs would cover each other. */
    prepare(state, zoom) {
      /* By layer, for all layers of voices; a layer that is hidden has no signs. */
      const all = state.voiceSigns || (state.voiceSigns = new Map());
      const before = [...all.values()].filter((signs) => signs.sign < this.sign && signs.zoom === zoom).flat();
      const pixel = Math.pow(2, tesoma.ZOOM - zoom), voices = this.voices(state);
      /* Signs of all kinds have one scale. */
      const said = Object.values(this._map.tesoma.layers).filter((layer) => layer.voices);
      const most = Math.max(1, ...said.flatMap((layer) => layer.voices(state)));
      const own = Object.assign([], { sign: this.sign, zoom });
      /* On a narrow map signs are small, so that they lie apart; those of the legend too. Of one topic they have numbers. */
      const small = tesoma.isNarrow(this._map) ? (state.topic ? 0.8 : 0.7) : 1;
      const cells = voices.map((_, cell) => cell).filter((cell) => voices[cell]), names = this.nameBoxes(zoom);
      for (const cell of cells.sort((one, other) => voices[other] - voices[one])) {
        const radius = Math.max(state.topic ? LEAST_NUMBERED : LEAST, small * MOST * Math.sqrt(voices[cell] / most)) * pixel;
        const dry = (at) => !(state.water && tesoma.shapeAt(state.water, at) >= 0);
        const within = (at) => dry(at) && this.isOf(cell, at, cells);
        const free = (where, mayStand) => freest([this.signs[2 * cell], this.signs[2 * cell + 1]], radius, [before, own, names], where, mayStand);
        const wholly = (at) => within(at) && around(at, radius).every((edge) => this.isOf(cell, edge, cells));
        /* All of it in its area, else its middle, else beside it with a line to it. */
        const tries = state.topic ? [[wholly, radius / 8], [within, radius / 2]] : [];
        const inside = tries.map(([mayStand, most]) => [free(WITHIN, mayStand), most]).find(([[, over], most]) => over < most);
        const [[x, y]] = inside ? inside[0] : free(NEAR, dry);
        own.push({ cell, x, y, radius, voices: voices[cell], beside: Boolean(state.topic) && !inside });
      }
      this.placed = own;
      all.set(this.key, own);
      this.tellLegend(state, all, small);
    },
    /** Whether a place is of an area that is drawn, and of none that lies within it. */
    isOf(cell, at, cells) {
      const { box } = this.shapes, wide = (one) => box[4 * one + 2] - box[4 * one];
      return tesoma.inShape(this.shapes, cell, at) && !cells.some((one) => wide(one) < 0.9 * wide(cell) && tesoma.inShape(this.shapes, one, at));
    },
    /** The legend has signs as large as the map, and areas in their colour where all of one are drawn: then nothing is to
        be pressed for them. */
    tellLegend({ topic }, all, small) {
      const { frame } = this._map.tesoma, alone = topic || all.size === 1;
      const [first] = [...all.values()].filter((signs) => signs.length).map(({ sign }) => sign).sort();
      frame.style.setProperty("--sign-scale", small);
      frame.style.setProperty("--extent", alone ? `var(--map-voice_${first})` : "");
      frame.classList.toggle("areas-drawn", Boolean(alone));
    },
    /** What signs leave free where they can: the hub with its name, names of areas, and services beside numbers. */
    nameBoxes(zoom) {
      const { layers } = this._map.tesoma, { names, hub } = layers, { state } = this._map.tesoma, pixel = Math.pow(2, tesoma.ZOOM - zoom);
      const named = hub ? hub.boxes(LETTERS, 1 / pixel, state)[1] : [];
      const areas = (zoom >= 12 && names && names.part(0)) || [];
      const services = state.topic ? Object.values(layers).filter((layer) => layer.spots && this._map.hasLayer(layer)) : [];
      return [
        ...services.flatMap((layer) => layer.spots()).map((at) => ({ ...at, radius: 4 * pixel, wide: 0, weight: YIELDING })),
        ...(hub ? [
          { x: hub.x, y: hub.y, radius: 12 * hub.size(state) * pixel, wide: 0 },
          { x: hub.x, y: named[1] * pixel, radius: named[3] * pixel, wide: (named[2] - named[3]) * pixel },
        ] : []),
        ...areas.map(({ x, y, text, look }) => ({ x, y, radius: 0.6 * look.size * pixel, wide: 0.25 * look.size * text.length * pixel, weight: YIELDING })),
      ];
    },
    /** Names give way to signs that could not give way to them. */
    boxes(context, scale, { voiceSigns }) {
      const signs = (voiceSigns && voiceSigns.get(this.key)) || [];
      return signs.map(({ x, y, radius }) => [x * scale, y * scale, radius * scale, radius * scale]);
    },
    /** Streets that sentences beside the map tell of, by their signs. */
    namesBeside(state) {
      if (state.topic) return [];
      const look = { size: 11.5, weight: 600, colour: "text" };
      const scale = Math.pow(2, this._map.getZoom() - tesoma.ZOOM);
      return this.streets.flatMap(([cell, text]) => this.placed.filter((sign) => sign.cell === cell)
        .map(({ x, y, radius }) => ({ text, look, turn: 0, length: 0, around: radius * scale + 11, x, y })));
    },
    onRemove(map) {
      const all = map.tesoma.state.voiceSigns;
      if (all) all.delete(this.key);
      tesoma.Painter.prototype.onRemove.call(this, map);
    },
    paint(context, view) {
      const { state } = view.canvasLayer, { colours } = state;
      this.paintExtents(context, view, state);
      this.paintLeaders(context, view, colours);
      /* A sign for each cell, its area as the voices; the few small ones over the large. */
      for (const { x, y, radius, voices } of this.placed) {
        if (x < view.west || x > view.east || y < view.north || y > view.south) continue;
        this.trace(context, view.x(x), view.y(y), radius * view.scale);
        this.mark(context, colours, view.unit, 0.85);
        if (state.topic) number(context, view, colours, voices, [x, y], NUMBER * radius * view.scale);
      }
      if (!state.topic) this.paintLines(context, view, colours);
      for (let i = 0; i < this.xy.length; i += 2) {
        if (!this.concerns(i / 2, state)) continue;
        this.trace(context, view.x(this.xy[i]), view.y(this.xy[i + 1]), 5 * view.unit);
        this.mark(context, colours, view.unit, 1);
      }
    },
    /** The areas that signs stand for, where one is wider than its sign: of one topic or one kind all of them, else the
        one that is pointed at. */
    paintExtents(context, view, { colours, topic, lit, voiceSigns }) {
      const pointed = lit && lit.key === this.key ? lit.cell : -1;
      for (const { cell, radius } of this.placed) {
        const { box, rings, first } = this.shapes, wide = box[4 * cell + 2] - box[4 * cell];
        if (wide < 2.5 * radius || !view.touches(box, cell)) continue;
        if (cell !== pointed && !topic && voiceSigns.size > 1) continue;
        context.strokeStyle = context.fillStyle = colours.voices[this.sign];
        context.lineWidth = (cell === pointed ? 3 : topic ? 1.5 : 1) * view.unit;
        context.setLineDash([5 * view.unit, 4 * view.unit]);
        context.beginPath();
        for (let ring = first[cell]; ring < first[cell + 1]; ring++) {
          tesoma.traceLine(context, view, rings, ring);
          context.closePath();
        }
        context.globalAlpha = cell === pointed ? 0.25 : topic ? 0.1 : 0.07;
        context.fill("evenodd");
        context.globalAlpha = cell === pointed || topic ? 0.9 : 0.5;
        context.stroke();
        context.globalAlpha = 1;
        context.setLineDash([]);
      }
    },
    /** Lines from counts that stand beside their areas to these. */
    paintLeaders(context, view, colours) {
      for (const [colour, width] of [[colours.halo, 5], [colours.voices[this.sign], 2.5]]) {
        context.strokeStyle = colour;
        context.lineWidth = width * view.unit;
        context.beginPath();
        for (const { cell, x, y } of this.placed.filter(({ beside }) => beside)) {
          context.moveTo(view.x(x), view.y(y));
          context.lineTo(view.x(this.signs[2 * cell]), view.y(this.signs[2 * cell + 1]));
        }
        context.stroke();
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
      for (const { cell, x, y } of this.placed) {
        const away = Math.hypot(x - place.x, y - place.y);
        if (away < nearest) { nearest = away; found = cell; }
      }
      if (found < 0) return null;
      state.lit = { key: this.key, cell: found };
      const count = (voices) => tesoma.counted(words.heard, voices);
      return [kind, ...this.pairsOf(found, state).map(([at, voices]) => topic(this.topics[at]) + ": " + count(voices))];
    },
  });

  /** How many a sign stands for. */
  function number(context, view, colours, voices, [x, y], high) {
    context.font = "700 " + high + "px " + colours.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = colours.halo;
    context.fillText(String(voices), view.x(x), view.y(y));
  }

  /** Places on the edge of a sign. */
  function around({ x, y }, radius) {
    return [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => ({ x: x + radius * Math.cos(eighth * Math.PI / 4), y: y + radius * Math.sin(eighth * Math.PI / 4) }));
  }

  /** The nearest place where a sign may stand and covers none of the others; where there is none, that where it covers
      least. With it how deep it lies over them; it may stand nowhere: infinitely deep. */
  function freest([x, y], radius, others, { steps, turns }, mayStand) {
    let best = [x, y], least = mayStand({ x, y }) ? covered(x, y, radius, others) : Infinity;
    for (const step of steps) {
      for (let turn = 0; turn < turns && least > 0; turn++) {
        const angle = (2 * Math.PI * turn) / turns, at = [x + step * radius * Math.cos(angle), y + step * radius * Math.sin(angle)];
        const over = covered(...at, radius, others);
        if (over < least && mayStand({ x: at[0], y: at[1] })) [best, least] = [at, over];
      }
    }
    return [best, least];
  }

  /** How deep a sign would lie over others, all together. */
  function covered(x, y, radius, others) {
    let over = 0;
    for (const signs of others) {
      for (const sign of signs) {
        /* A name is as long as it is wide on either side. */
        const aside = Math.max(0, Math.abs(sign.x - x) - (sign.wide || 0));
        over += (sign.weight || 1) * Math.max(0, APART * (radius + sign.radius) - Math.hypot(aside, sign.y - y));
      }
    }
    return over;
  }
})(window.tesoma);
