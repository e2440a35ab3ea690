/* Minutes to the hub: isochrones, and homes as cells. */
(function (tesoma) {
  "use strict";

  const painters = tesoma.painters;

  /** Which line of the legend so many seconds belong to. */
  function bandOf({ cutoffs }, seconds) {
    if (seconds < 0) return cutoffs.length + 1;
    const band = cutoffs.findIndex((minutes) => seconds <= minutes * 60);
    return band < 0 ? cutoffs.length : band;
  }

  /* Of the steps that only a slow way of moving has the first has an edge, the second dots too: they are pale, and near
     each other. The last, open step has dots: its grey is as light as another step. The legend has the same (map.css). */
  const EDGED = 9, DOTTED = 10;

  /** What step of the ramp so many seconds have; Infinity for the open one, -1 for no way there. */
  function stepOf(state, seconds) {
    const band = bandOf(state, seconds);
    return band > state.cutoffs.length ? -1 : band < state.cutoffs.length ? state.rampSteps[band] : Infinity;
  }

  /** Dots over some cells, in rows that run on from tile to tile: one dot is drawn and repeated. */
  function dotted(context, view, quads, cells, { far_dot, dot }) {
    const step = dot.step * view.unit, side = Math.max(1, Math.round(step * context.getTransform().a));
    const one = document.createElement("canvas"), drawn = one.getContext("2d"), wide = (side * dot.px) / dot.step;
    one.width = one.height = side;
    drawn.fillStyle = far_dot;
    drawn.fillRect(0, 0, wide, wide);
    const dots = context.createPattern(one, "repeat");
    dots.setTransform(new DOMMatrix().translate(view.x(0) % step, view.y(0) % step).scale(step / side));
    context.beginPath();
    for (const cell of cells) {
      tesoma.traceLine(context, view, quads, cell);
      context.closePath();
    }
    context.fillStyle = dots;
    context.fill();
  }

  function bandColour(state, seconds) {
    const band = bandOf(state, seconds), { colours } = state;
    return [...state.rampSteps.map((step) => colours.ramp[step]), colours.beyond, colours.unreachable][band];
  }
  tesoma.bandColour = bandColour;

  function mixed(colour, ground, share) {
    const channel = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
    return "rgb(" + [0, 1, 2].map((i) =>
      Math.round(channel(colour, i) * share + channel(ground, i) * (1 - share))).join() + ")";
  }

  /** Where a ring may carry its minutes: the corner of its largest shape that is farthest along east and south, of those
      in a rectangle; null where none is. */
  function topOf({ rings, first, box, length }, east, south, amid) {
    const along = (place) => east * place.x + south * place.y;
    let largest = -1, most = 0;
    for (let shape = 0; shape < length; shape++) {
      const size = (box[4 * shape + 2] - box[4 * shape]) * (box[4 * shape + 3] - box[4 * shape + 1]);
      if (size > most) { most = size; largest = shape; }
    }
    if (largest < 0) return null;
    const ring = first[largest];
    let best = null;
    for (let i = rings.start[ring]; i < rings.start[ring + 1]; i += 2) {
      const here = { x: rings.xy[i], y: rings.xy[i + 1] };
      if (here.x < amid[0] || here.y < amid[1] || here.x > amid[2] || here.y > amid[3]) continue;
      if (!best || along(here) > along(best)) best = here;
    }
    return best;
  }

  /* North, south, east, west; a ring tells its minutes at two of them at most. */
  const SIDES = [[0, -1], [0, 1], [1, 0], [-1, 0]], TOLD = 2;

  /* Half the width and height of written minutes, and the room that a map has around its homes, in pixels. */
  const WIDE = 28, HIGH = 9, AROUND = 8;

  /** Where minutes are written, a label apart from the others and from what is taken; the smaller rings first, and of the
      places of a ring those beside the boundary, one under it where there is no other. They stand amid the homes, whose
      box is given: else the map's edge would cut them. */
  function labelled(rings, scale, taken, [west, north, east, south], crosses) {
    const [wide, high] = [(WIDE - AROUND) / scale, (HIGH - AROUND) / scale], amid = [west + wide, north + high, east - wide, south - high];
    const placed = [];
    for (const { band, shapes, topsAt } of [...rings].reverse()) {
      topsAt[scale] ||= SIDES.map(([right, low]) => topOf(shapes, right, low, amid)).filter(Boolean)
        .map((top) => ({ ...top, under: crosses(top) })).sort((one, other) => one.under - other.under);
      let told = 0;
      for (const top of topsAt[scale]) {
        const free = told < (top.under ? 1 : TOLD) && [...placed.map((one) => [one.x * scale, one.y * scale, WIDE, HIGH]), ...taken].every((box) =>
          Math.abs(box[0] - top.x * scale) >= box[2] + WIDE || Math.abs(box[1] - top.y * scale) >= box[3] + HIGH);
        if (!free) continue;
        placed.push({ band, ...top });
        told++;
      }
    }
    return placed;
  }

  /** The rectangle around the middles of homes: west, north, east, south. */
  function around({ box, length }) {
    let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
    for (let i = 0; i < 4 * length; i += 4) {
      const x = (box[i] + box[i + 2]) / 2, y = (box[i + 1] + box[i + 3]) / 2;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    }
    return [west, north, east, south];
  }

  painters.isochrones = tesoma.Painter.extend({
    order: 10,
    unpack(data) { this.profiles = data.profiles; },
    unpackPart: (rings) => rings.map((ring) => ({ band: ring.band, shapes: tesoma.shapes(ring), topsAt: {} })),
    /* A part a way of moving. */
    of(profile) { return this.part(this.profiles.indexOf(profile)); },
    prepare(state) { this.of(state.profile); },
    /** The minutes that are written at a scale: none where homes would cover them, none over the hub or an area's name. */
    labels(context, scale, state) {
      const { layers } = this._map ? this._map.tesoma : {};
      if (!layers || this._map.hasLayer(layers.cells) || tesoma.timeState(state) !== "usual") return [];
      const hub = layers.hub ? layers.hub.boxes(context, scale, state) : [];
      const names = this._map.hasLayer(layers.names) ? layers.names.wished(scale, state) : [];
      const { cells: { quads }, district } = layers, homes = quads.around || (quads.around = around(quads));
      const crosses = ({ x, y }) => Number(Boolean(district) && district.crosses([x * scale, y * scale, WIDE, HIGH], scale));
      return labelled(this.of(state.profile) || [], scale, [...hub, ...names], homes, crosses);
    },
    /* Names keep away from the minutes. */
    boxes(context, scale, state) {
      return this.labels(context, scale, state).map(({ x, y }) => [x * scale, y * scale, WIDE, HIGH]);
    },
    paint(context, view) {
      const state = view.canvasLayer.state;
      /* They are of no season and no departure. */
      if (tesoma.timeState(state) !== "usual") return;
      /* Nested: the largest first, each covering the one before. */
      for (const ring of this.of(state.profile) || []) {
        tesoma.traceShapes(context, view, ring.shapes);
        const colour = state.colours.ramp[state.rampSteps[ring.band]];
        context.fillStyle = mixed(colour, state.colours.land, state.colours.tint);
        context.fill("evenodd");
      }
      const minutes = this.labels(context, view.scale / view.unit, state);
      context.font = "600 " + 12 * view.unit + "px " + state.colours.font;
      context.textAlign = "center";
      context.textBaseline = "middle";
      for (const { band, x, y } of minutes) {
        const text = tesoma.filled(state.words.minutes, { n: state.cutoffs[band] });
        tesoma.label(context, text, view.x(x), view.y(y), state.colours, view.unit);
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
      this.profiles = Object.keys(data.to_hub_s);
      this.departures = data.departures;
      this.toHub = {};
      this.fromHub = {};
      for (const profile of this.profiles) {
        this.toHub[profile] = tesoma.integers(data.to_hub_s[profile]);
        this.fromHub[profile] = tesoma.integers(data.from_hub_s[profile]);
      }
    },
    /* A part a profile, then what is told of a home, and then the departures. */
    unpackPart(data, number) {
      const profiles = this.profiles.length;
      if (number === profiles) return data.map(unpackedAnswers);
      return number < profiles ? unpackedDetail(data) : unpackedDepartures(data, this.departures.clocks.length);
    },
    paints(number) { return number !== this.profiles.length; },
    /** Why, and in winter: of a profile. */
    detail(profile) { return this.part(this.profiles.indexOf(profile)); },
    /** How sure, and what is nearest: of a profile. */
    answers(profile) { return (this.part(this.profiles.length) || {})[this.profiles.indexOf(profile)]; },
    /** Whether public transport brings nobody of a cell to the hub before a walk. */
    walkedSooner({ timetable }, profile, cell) {
      const { walk, [profile]: ridden } = this.toHub;
      return profile === timetable && Boolean(walk) && walk[cell] >= 0 && ridden[cell] >= walk[cell];
    },
    /** "22 min (18–25)": with the interval where one is known that is wider than the minute, in a pattern of words. */
    timed(words, profile, cell, pattern = "{time}") {
      const seconds = this.toHub[profile][cell], { low, high } = this.answers(profile) || {};
      const whole = (ends) => tesoma.wholeMinutes(ends[cell]);
      const known = seconds >= 0 && low && low[cell] >= 0 && high[cell] >= 0 && whole(low) < whole(high);
      const between = known ? " " + tesoma.filled(words.between, { low: whole(low), high: whole(high) }) : "";
      return tesoma.filled(pattern, { time: tesoma.minutes(words, seconds, "{time}") + between });
    },
    /** The same, and that walking is quickest, where it is. */
    spoken(state, profile, cell, pattern) {
      const time = this.timed(state.words, profile, cell, pattern);
      return this.walkedSooner(state, profile, cell) ? tesoma.filled(state.words.walking_quickest, { time }) : time;
    },
    /** What is boarded where by a timetable from a cell, each ride as its line and two stops, and the seconds walked to the
        first and from the last. */
    rides(cell) {
      const way = this.profiles.find((one) => (this.answers(one) || {}).rides), told = this.answers(way);
      if (!told) return { way, boarded: [], walked: [] };
      return { way, boarded: told.rides.texts[told.rides.of[cell]] || [], walked: told.walked.subarray(2 * cell, 2 * cell + 2) };
    },
    /** Seconds to the hub of what is looked at; the usual ones until others are there. */
    seconds(state) {
      const usual = this.toHub[state.profile], moment = tesoma.timeState(state);
      if (moment === "departure") return (this.part(this.profiles.length + 1) || {})[state.departure] || usual;
      if (moment === "winter") return (this.detail(state.profile) || {}).winter || usual;
      return usual;
    },
    prepare(state) { this.seconds(state); },
    paint(context, view) {
      const state = view.canvasLayer.state, seconds = this.seconds(state);
      if (!seconds) return;
      const far = [], { land, pale_edge } = state.colours;
      context.lineWidth = (view.zoom < 14 ? 0.5 : 1.5) * view.unit;
      for (let cell = 0; cell < this.quads.length; cell++) {
        if (!view.touches(this.quads.box, cell)) continue;
        context.beginPath();
        tesoma.traceLine(context, view, this.quads, cell);
        context.closePath();
        const step = stepOf(state, seconds[cell]);
        context.fillStyle = bandColour(state, seconds[cell]);
        context.strokeStyle = step >= EDGED && step < Infinity ? pale_edge : land;
        context.fill();
        context.stroke();
        if (step >= DOTTED) far.push(cell);
      }
      if (far.length) dotted(context, view, this.quads, far, state.colours);
    },
    /** The cell at a place, or -1. */
    cellAt(place) {
      const { box } = this.quads;
      for (let cell = 0; cell < this.quads.length; cell++) {
        const i = 4 * cell;
        if (place.x < box[i] || place.x > box[i + 2] || place.y < box[i + 1] || place.y > box[i + 3]) continue;
        if (tesoma.inRing(this.quads, cell, place)) return cell;
      }
      return -1;
    },
    /** The nearest cell within `reach` of a place, or -1: people live beside the street that they name. */
    cellNear(place, reach) {
      const inside = this.cellAt(place), { box } = this.quads;
      if (inside >= 0) return inside;
      let least = reach, found = -1;
      for (let cell = 0; cell < this.quads.length; cell++) {
        const i = 4 * cell;
        const dx = Math.max(box[i] - place.x, 0, place.x - box[i + 2]), dy = Math.max(box[i + 1] - place.y, 0, place.y - box[i + 3]);
        const away = Math.hypot(dx, dy);
        if (away < least) { least = away; found = cell; }
      }
      return found;
    },
    /** The way from a cell to the hub, undefined until it is there: the points of each leg, by a timetable walks and rides
        in turn, the last a walk; a walk that no streets are known for has none. */
    legs(profile, cell) {
      const detail = this.detail(profile);
      if (!detail) return undefined;
      const { routes, legs } = detail, first = points(routes || (legs ? legs.walks : NO_LINES), cell), trip = legs ? legs.of[cell] : -1;
      if (trip < 0) return first.length ? [first] : [];
      return [first, ...Array.from({ length: legs.start[trip + 1] - legs.start[trip] }, (_, leg) => points(legs.after, legs.start[trip] + leg))];
    },
    /** All of its points, one leg after the other. */
    way(profile, cell) {
      const legs = this.legs(profile, cell);
      return legs && legs.flat();
    },
    /* How many live there is no answer to whoever asks for the own home. */
    at(place, reach, state, own) {
      const cell = this.cellAt(place), lines = cell < 0 ? null : this.linesOf(cell, state);
      return lines && own ? lines.slice(0, -1) : lines;
    },
    linesOf(cell, state) {
      const { words, profile } = state, seconds = this.seconds(state);
      if (!seconds) return null;
      const usual = tesoma.timeState(state) === "usual";
      const there = usual ? this.spoken(state, profile, cell, words.to_hub) : tesoma.minutes(words, seconds[cell], words.to_hub);
      const back = tesoma.minutes(words, this.fromHub[profile][cell], words.back);
      const residents = tesoma.counted(words.residents, this.residents[cell]);
      return usual ? [there, back, residents] : [there, residents];
    },
    /** How many residents are in each band of the legend; the last cannot get there. */
    bands(state) {
      const counts = new Array(state.cutoffs.length + 2).fill(0);
      this.seconds(state).forEach((seconds, cell) => { counts[bandOf(state, seconds)] += this.residents[cell]; });
      return counts;
    },
  });

  /* Homes about which the assumptions decide whether they are within the limit: striped over their colour. */
  painters.either_side = tesoma.Painter.extend({
    order: 35,
    cells() { return this._map.tesoma.layers.cells; },
    detail(state) { return tesoma.timeState(state) === "usual" ? this.cells().detail(state.profile) : undefined; },
    prepare(state) { if (this.detail(state)) this.cells().answers(state.profile); },
    paint(context, view) {
      const detail = this.detail(view.canvasLayer.state), quads = this.cells().quads;
      if (!detail || !detail.either) return;
      context.beginPath();
      for (const cell of detail.either) if (view.touches(quads.box, cell)) stripe(context, view, quads, cell);
      for (const [colour, width] of [["halo", 4], ["text", 2]]) {
        context.strokeStyle = view.canvasLayer.state.colours[colour];
        context.lineWidth = width * view.unit * (view.zoom < 14 ? 0.5 : 1);
        context.stroke();
      }
    },
    at(place, reach, state, own) {
      const cells = this.cells(), cell = cells.cellAt(place), detail = cell >= 0 && this.detail(state);
      const sure = detail && cells.answers(state.profile);
      if (!sure || !sure.low || !detail.either || !detail.either.includes(cell)) return null;
      const between = { low: Math.round(sure.low[cell] / 60), high: Math.round(sure.high[cell] / 60) };
      return [...cells.at(place, reach, state, own), tesoma.filled(state.words.either_side, between)];
    },
  });

  /* Three lines across a cell, and its edge. */
  function stripe(context, view, { xy, start }, cell) {
    const corner = (k) => [view.x(xy[start[cell] + 2 * k]), view.y(xy[start[cell] + 2 * k + 1])];
    const on = (from, to, share) => from.map((value, axis) => value + share * (to[axis] - value));
    const [a, b, c, d] = [0, 1, 2, 3].map(corner);
    for (const [from, to] of [[a, b], [b, c], [c, d], [d, a], [on(a, b, 0.5), on(a, d, 0.5)], [b, d], [on(c, b, 0.5), on(c, d, 0.5)]]) {
      context.moveTo(...from);
      context.lineTo(...to);
    }
  }

  function unpackedDetail(data) {
    const seconds = (packed) => packed && tesoma.integers(packed), parts = {};
    for (const part in data.parts_s) parts[part] = tesoma.integers(data.parts_s[part]);
    return {
      parts, winter: seconds(data.winter_s), either: seconds(data.either_side),
      routes: data.routes && tesoma.lines(data.routes), legs: data.legs && unpackedLegs(data.legs),
    };
  }

  /* What follows on the first walks begins at `start` among the lines of `after`, trip after trip. */
  function unpackedLegs(data) {
    const count = tesoma.integers(data.count), start = new Int32Array(count.length + 1);
    count.forEach((lines, trip) => { start[trip + 1] = start[trip] + lines; });
    return { walks: tesoma.lines(data.walks), after: tesoma.lines(data.after), start, of: tesoma.integers(data.of) };
  }

  const NO_LINES = { length: 0 };

  /** The points of one of some lines; none where there is no such line. */
  function points({ xy, start, length }, line) {
    const found = [];
    for (let i = line < length ? start[line] : 0; line < length && i < start[line + 1]; i += 2) found.push({ x: xy[i], y: xy[i + 1] });
    return found;
  }

  function unpackedAnswers(data) {
    const seconds = (packed) => packed && tesoma.integers(packed);
    const nearest = data.nearest_s.map(([kind, packed]) => [kind, tesoma.integers(packed)]);
    const rides = data.rides && { texts: data.rides.texts, of: tesoma.integers(data.rides.of) };
    return { nearest, rides, walked: seconds(data.walked_s), low: seconds(data.low_s), high: seconds(data.high_s) };
  }

  /* Steps of minutes from one departure to the next, cell after cell -> seconds of every cell, a row a departure. */
  function unpackedDepartures(packed, number) {
    const steps = tesoma.integers(packed), cells = steps.length / number;
    const rows = Array.from({ length: number }, () => new Int32Array(cells));
    for (let cell = 0; cell < cells; cell++) {
      for (let row = 0, minutes = 0; row < number; row++) {
        minutes += steps[cell * number + row];
        rows[row][cell] = minutes < 0 ? -1 : 60 * minutes;
      }
    }
    return rows;
  }
})(window.tesoma);
