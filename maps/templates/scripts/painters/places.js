/* Places: services, and the hub itself. */
(function (tesoma) {
  "use strict";

  const painters = tesoma.painters;

  /** The nearest of points (x and y in turn) within reach of a place, or -1. */
  function nearest(xy, place, reach) {
    let least = reach * reach, found = -1;
    for (let i = 0; i < xy.length; i += 2) {
      const away = (xy[i] - place.x) ** 2 + (xy[i + 1] - place.y) ** 2;
      if (away < least) { least = away; found = i / 2; }
    }
    return found;
  }

  /* From this zoom on a service has the sign of its kind. */
  const NEAR_ZOOM = 14;

  painters.services = tesoma.Painter.extend({
    order: 70,
    unpack(data) {
      this.kind = data.kind;
      this.icon = new Path2D(data.icon);
      this.names = data.names;
      this.xy = tesoma.integers(data.xy);
      this.fromHub = {};
      for (const profile in data.from_hub_s) this.fromHub[profile] = tesoma.integers(data.from_hub_s[profile]);
    },
    /** Where they are. */
    spots() { return Array.from({ length: this.xy.length / 2 }, (_, i) => ({ x: this.xy[2 * i], y: this.xy[2 * i + 1] })); },
    /** The legend has the signs that the map draws. */
    prepare(state, zoom) { this._map.tesoma.frame.classList.toggle("near", zoom >= NEAR_ZOOM); },
    paint(context, view) {
      const colours = view.canvasLayer.state.colours, large = view.zoom >= NEAR_ZOOM, radius = (large ? 11 : 3.75) * view.unit;
      for (let i = 0; i < this.xy.length; i += 2) {
        if (this.xy[i] < view.west || this.xy[i] > view.east) continue;
        if (this.xy[i + 1] < view.north || this.xy[i + 1] > view.south) continue;
        const x = view.x(this.xy[i]), y = view.y(this.xy[i + 1]);
        context.beginPath();
        /* Far out a square: rings are stops. */
        if (large) context.arc(x, y, radius, 0, 2 * Math.PI);
        else context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
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
      if (scale < Math.pow(2, NEAR_ZOOM - tesoma.ZOOM)) return [];
      return this.spots().map(({ x, y }) => [x * scale, y * scale, 12, 12]);
    },
    at(place, reach, state) {
      const found = nearest(this.xy, place, reach);
      if (found < 0) return null;
      const kind = state.words.kinds[this.kind] || this.kind, name = this.names[found];
      const seconds = (this.fromHub[state.profile] || [])[found];
      const lines = name ? [name, kind] : [kind];
      if (seconds !== undefined) lines.push(tesoma.minutes(state.words, seconds, state.words.from_hub));
      return lines;
    },
  });

  /* A ride ends so near to its stop, in reference pixels. */
  const AT_STOP_PX = 100;

  /* Of a stop with a connection every so many minutes; the legend has the same. */
  const radius = (minutes) => (minutes <= 10 ? 5.5 : minutes <= 20 ? 4 : 2.5);
  /* Where the whole district is small, those with a ride at least every ten minutes alone. */
  const isShown = (minutes, zoom) => minutes <= 10 || zoom >= tesoma.STOPS_ZOOM;

  /* Stops with a connection to the hub, the larger the more often. */
  painters.stops = tesoma.Painter.extend({
    order: 68,
    unpackPart: (data) => ({ ...data, xy: tesoma.integers(data.xy) }),
    of(state) { return state.profile === state.timetable ? this.part(0) : undefined; },
    prepare(state) { this.of(state); },
    /** Small where the whole district is seen. */
    size: (zoom) => Math.min(1.4, Math.max(0.6, (zoom - 11) / 3)),
    paint(context, view) {
      const colours = view.canvasLayer.state.colours, data = this.of(view.canvasLayer.state);
      if (!data) return;
      context.fillStyle = colours.halo;
      context.strokeStyle = colours.service;
      context.lineWidth = (view.zoom < 13 ? 1 : 1.5) * view.unit;
      const size = this.size(view.zoom) * view.unit;
      data.every_min.forEach(function (minutes, i) {
        if (!isShown(minutes, view.zoom)) return;
        const x = data.xy[2 * i], y = data.xy[2 * i + 1];
        if (x < view.west || x > view.east || y < view.north || y > view.south) return;
        context.beginPath();
        context.arc(view.x(x), view.y(y), radius(minutes) * size, 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      });
    },
    boxes(context, scale, state) {
      const data = scale >= Math.pow(2, 15 - tesoma.ZOOM) && this.of(state);
      const size = this.size(tesoma.ZOOM + Math.log2(scale));
      return data ? data.every_min.map((minutes, i) => [data.xy[2 * i] * scale, data.xy[2 * i + 1] * scale, radius(minutes) * size, radius(minutes) * size]) : [];
    },
    /** Their names, where there is room for them; with an answer those of its ride alone. */
    namesBeside(state, zoom) {
      const data = (zoom >= 15 || state.ride) && this.of(state);
      if (!data) return [];
      const look = { size: 11.5, weight: 600, colour: "service" };
      const names = data.names.map((text, i) =>
        ({ text, look, turn: 0, length: 0, shifts: state.ride ? [18, -18, 28, -28, 40, -40] : [15, -15], x: data.xy[2 * i], y: data.xy[2 * i + 1] }));
      const isAt = (name, end) => (!end.name || end.name === name.text) && Math.hypot(name.x - end.x, name.y - end.y) < AT_STOP_PX;
      return state.ride ? names.filter((name) => state.ride.some((end) => isAt(name, end))) : names;
    },
    at(place, reach, state) {
      const data = this.of(state), words = state.words.stop;
      const found = data ? nearest(data.xy, place, reach * 0.7) : -1;
      if (found < 0 || !isShown(data.every_min[found], this._map.getZoom())) return null;
      const lines = [data.names[found], tesoma.filled(words.every, { n: data.every_min[found], m: data.fastest_min[found] })];
      if (data.lines[found]) lines.push(tesoma.filled(words.lines, { lines: data.lines[found] }));
      const [first, last] = data.hours[found], told = (clock) => tesoma.clock(state.words.clock, clock);
      return [...lines, tesoma.filled(words.hours, { first: told(first), last: told(last) })];
    },
  });

  /* The hub's sign on a narrow map of a topic, as a part of its size elsewhere. */
  const SMALL = 0.65;

  painters.hub = tesoma.Painter.extend({
    order: 80,
    unpack(data) {
      this.entrances = tesoma.integers(data.xy);
      this.icon = new Path2D(data.icon);
      /* The sign stands in the middle of the entrances. */
      this.x = this.y = 0;
      for (let i = 0; i < this.entrances.length; i += 2) {
        this.x += (2 * this.entrances[i]) / this.entrances.length;
        this.y += (2 * this.entrances[i + 1]) / this.entrances.length;
      }
    },
    /** The entrance that is nearest to a place. */
    nearest(place) {
      const i = 2 * nearest(this.entrances, place, Infinity);
      return { x: this.entrances[i], y: this.entrances[i + 1] };
    },
    /** How large the sign is: smaller on a narrow map of a topic, where counts stand around it. */
    size({ topic }) { return topic && this._map && tesoma.isNarrow(this._map) ? SMALL : 1; },
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
      const { colours, words } = view.canvasLayer.state, unit = view.unit, x = view.x(this.x), y = view.y(this.y);
      for (let i = 0; i < this.entrances.length; i += 2) {
        this.dot(context, view.x(this.entrances[i]), view.y(this.entrances[i + 1]), 6, colours, unit);
      }
      const size = this.size(view.canvasLayer.state) * unit;
      this.dot(context, x, y, 15, colours, size);
      context.save();
      context.translate(x - 10 * size, y - 10 * size);
      context.scale((size * 20) / 15, (size * 20) / 15);
      context.fillStyle = colours.halo;
      context.fill(this.icon);
      context.restore();
      const [, named] = this.boxes(context, view.scale / unit, view.canvasLayer.state);
      context.font = "700 " + 15 * unit + "px " + colours.font;
      context.textBaseline = "middle";
      context.textAlign = "center";
      tesoma.label(context, words.hub, x, view.y(0) + named[1] * unit, colours, unit);
    },
    /** The sign, and its name below it: a little lower where the boundary runs there; above where something that a plan
        changes lies below, or the boundary and the map shows no homes, of which those above are the nearest. */
    boxes(context, scale, state) {
      const { colours, words } = state, size = this.size(state), first = 11 + 15 * size;
      context.font = "700 15px " + colours.font;
      const half = context.measureText(words.hub).width / 2 + 4, x = this.x * scale, y = this.y * scale;
      const { changes, district, cells } = this._map ? this._map.tesoma.layers : {}, isShown = (layer) => layer && this._map.hasLayer(layer);
      const signs = isShown(changes) ? changes.signBoxes(scale) : [];
      const covers = (down) => signs.some((box) => Math.abs(box[0] - x) < box[2] + half && Math.abs(box[1] - y - down) < box[3] + 9);
      const bounded = (down) => isShown(district) && district.crosses([x, y + down, half + 3, 11], scale);
      const cost = (down) => (covers(down) ? 4 : 0) + (bounded(down) ? 2 : 0) + (down < 0 && isShown(cells) ? 3 : 0);
      const downs = isShown(cells) ? [first, first + 8, first + 16, first + 24, -first] : [first, -first], costs = downs.map(cost);
      return [[x, y, 17 * size, 17 * size], [x, y + downs[costs.indexOf(Math.min(...costs))], half, 9]];
    },
    at(place, reach, state) {
      return Math.hypot(this.x - place.x, this.y - place.y) < reach ? [state.words.hub] : null;
    },
  });
})(window.tesoma);
