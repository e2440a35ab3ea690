/* What a scenario changes: new links and lines, streets with other costs or closed, and places. */
(function (tesoma) {
  "use strict";

  /* Dashes in pixels; a new street or line is drawn through. */
  const DASHES = { closed: [2, 7], costs: [9, 6] };

  /* How much farther above or below its sign a name may stand, in pixels. */
  const FARTHER = [0, 8, 16];

  tesoma.painters.changes = tesoma.Painter.extend({
    /* Over the hub: a ring of what is built beside it is whole. */
    order: 82,
    unpack(data) {
      this.lines = tesoma.lines(data.lines);
      this.ofLine = data.of_line;
      this.xy = tesoma.integers(data.xy);
      this.ofPoint = data.of_point;
      this.called = data.called || {};
    },
    /** Corners of all that changes; of a line of the timetable, which may lead far away, what is near the homes. */
    changedPlaces(bounds) {
      const { box, start, xy } = this.lines, places = [];
      const [from, to] = bounds.map((corner) => this._map.project(corner, tesoma.ZOOM));
      const near = ([x, y]) => Math.abs(2 * x - from.x - to.x) < 1.5 * (to.x - from.x) && Math.abs(2 * y - from.y - to.y) < 1.5 * (from.y - to.y);
      this.ofLine.forEach(([what], line) => {
        const at = 4 * line;
        if (what !== "line") places.push([box[at], box[at + 1]], [box[at + 2], box[at + 3]]);
        else for (let i = start[line]; i < start[line + 1]; i += 2) if (near([xy[i], xy[i + 1]])) places.push([xy[i], xy[i + 1]]);
      });
      for (let i = 0; i < this.xy.length; i += 2) places.push([this.xy[i], this.xy[i + 1]]);
      return places;
    },
    /** A name in the language of the page, where the plan is called by it in another. */
    own(name) {
      return (name && Object.values(this.called).includes(name) && this.called[document.documentElement.lang]) || name;
    },
    paint(context, view) {
      const colours = view.canvasLayer.state.colours;
      for (const [colour, width] of [["halo", 12], ["plan", 7]]) {
        context.strokeStyle = colours[colour];
        context.lineWidth = width * view.unit;
        for (let line = 0; line < this.lines.length; line++) {
          if (!view.touches(this.lines.box, line)) continue;
          const dashes = (colour === "plan" && DASHES[this.ofLine[line][0]]) || [];
          context.setLineDash(dashes.map((length) => length * view.unit));
          context.lineCap = "butt";
          context.beginPath();
          tesoma.traceLine(context, view, this.lines, line);
          context.stroke();
        }
      }
      context.setLineDash([]);
      const half = 9 * view.unit;
      for (let i = 0; i < this.xy.length; i += 2) {
        const x = view.x(this.xy[i]), y = view.y(this.xy[i + 1]);
        context.beginPath();
        for (const [east, south] of [[0, -half], [half, 0], [0, half], [-half, 0]]) context.lineTo(x + east, y + south);
        context.closePath();
        context.fillStyle = colours.plan;
        context.strokeStyle = colours.halo;
        context.lineWidth = 3 * view.unit;
        context.stroke();
        context.fill();
      }
      this.name(context, view);
      /* A short new link is found at once by the ring around it. */
      context.strokeStyle = colours.plan;
      context.lineWidth = 2.5 * view.unit;
      for (const [x, y] of this.ringed(view.scale, 44 * view.unit)) {
        context.beginPath();
        context.arc(x + view.x(0), y + view.y(0), 22 * view.unit, 0, 2 * Math.PI);
        context.stroke();
      }
    },
    /** The middles of new links shorter than a ring around them. */
    ringed(scale, size) {
      const middles = [];
      for (let line = 0; line < this.lines.length; line++) {
        const i = 4 * line, box = this.lines.box;
        const width = (box[i + 2] - box[i]) * scale, height = (box[i + 3] - box[i + 1]) * scale;
        if (this.ofLine[line][0] !== "link" || Math.max(width, height) > size) continue;
        middles.push([(box[i] + box[i + 2]) / 2 * scale, (box[i + 1] + box[i + 3]) / 2 * scale]);
      }
      return middles;
    },
    /** From where to where the district reaches, and the map as it was first seen; without end where neither is known. */
    width() {
      const { district } = this._map ? this._map.tesoma.layers : {}, [west, east] = (this._map && this._map.tesoma.state.seenFirst) || [-Infinity, Infinity];
      if (!district) return [west, east];
      const box = Array.from(district.shapes.box);
      return [Math.max(west, Math.min(...box.filter((_, i) => i % 4 === 0))), Math.min(east, Math.max(...box.filter((_, i) => i % 4 === 2)))];
    },
    /** Boxes of what changes: places, rings, and lines from one end to the other. */
    signBoxes(scale) {
      const { start, xy } = this.lines, boxes = this.ringed(scale, 44).map(([x, y]) => [x, y, 24, 24]);
      for (let i = 0; i < this.xy.length; i += 2) boxes.push([this.xy[i] * scale, this.xy[i + 1] * scale, 11, 11]);
      this.ofLine.forEach(([what], line) => {
        if (what === "line") return;
        for (let i = start[line]; i + 3 < start[line + 1]; i += 2) {
          const [x, y, right, down] = [0, 1, 2, 3].map((one) => xy[i + one] * scale), steps = Math.max(1, Math.ceil(Math.hypot(right - x, down - y) / 10));
          for (let step = 0; step <= steps; step++) boxes.push([x + (right - x) * step / steps, y + (down - y) * step / steps, 6, 6]);
        }
      });
      return boxes;
    },
    /** What each line and place is called, beside it; one name once, none over another, the hub's or what changes. */
    named(context, scale, state) {
      const { words, colours } = state, { hub } = this._map ? this._map.tesoma.layers : {};
      const placed = [], taken = [...(hub ? hub.boxes(context, scale, { words, colours }) : []), ...this.signBoxes(scale)];
      const [west, end] = this.width().map((side) => side * scale), { district } = this._map ? this._map.tesoma.layers : {};
      const onBoundary = (x, y, half) => Boolean(district) && district.crosses([x, y, half + 3, 11], scale);
      const put = ([what, name], x, y, reach) => {
        /* What stands in brackets behind a name, the legend tells. */
        const text = (this.own(name) || words.plan[what] || "").replace(/\s*\([^)]*\)$/, "");
        if (!text || placed.some((one) => one.text === text)) return;
        context.font = "700 13px " + colours.font;
        const half = context.measureText(text).width / 2 + 4;
        const free = ([east, at]) => placed.every((one) => Math.abs(one.x - east) >= one.half + half || Math.abs(one.y - at) >= 20)
          && taken.every((box) => Math.abs(box[0] - east) >= box[2] + half || Math.abs(box[1] - at) >= box[3] + 10);
        const beside = reach + half;
        /* Off the boundary where it can: above or below, a little farther where it else hid homes that win; beside it where there the name is whole; else
           the legend alone names it. */
        const sides = [x + beside, x - beside].filter((east) => east - half >= west && east + half <= end).map((east) => [east, y]);
        const over = FARTHER.flatMap((more) => [[x, y - reach - 11 - more], [x, y + reach + 11 + more]]);
        const open = [...over.slice(0, 2), ...sides, ...over.slice(2)].filter(free), apart = open.filter((at) => !onBoundary(...at, half));
        const at = tesoma.clearest(this._map, apart.length ? apart : open, [half, 10], scale, state);
        if (at) placed.push({ text, x: at[0], y: at[1], half });
      };
      const ringed = this.ringed(scale, 44);
      for (let i = 0; i < this.xy.length; i += 2) put(this.ofPoint[i / 2], this.xy[i] * scale, this.xy[i + 1] * scale, 12);
      for (let line = 0; line < this.lines.length; line++) {
        const { start, xy } = this.lines, middle = start[line] + 2 * Math.floor((start[line + 1] - start[line]) / 4);
        const x = xy[middle] * scale, y = xy[middle + 1] * scale, inRing = ringed.some((one) => Math.hypot(one[0] - x, one[1] - y) < 22);
        put(this.ofLine[line], x, y, inRing ? 26 : 12);
      }
      return placed;
    },
    boxes(context, scale, state) {
      return [...this.named(context, scale, state).map(({ x, y, half }) => [x, y, half, 11]), ...this.signBoxes(scale)];
    },
    name(context, view) {
      const { state } = view.canvasLayer, { colours } = state;
      const size = view.scale / view.unit, left = view.x(0), top = view.y(0);
      context.textAlign = "center";
      context.textBaseline = "middle";
      for (const { text, x, y } of this.named(context, size, state)) {
        context.font = "700 " + 13 * view.unit + "px " + colours.font;
        tesoma.label(context, text, x * view.unit + left, y * view.unit + top, { ...colours, text: colours.plan }, view.unit);
      }
    },
    at(place, reach, state) {
      const linesOf = ([what, name]) => [state.words.plan[what], this.own(name)].filter(Boolean);
      for (let i = 0; i < this.xy.length; i += 2) {
        if (Math.hypot(this.xy[i] - place.x, this.xy[i + 1] - place.y) < reach) return linesOf(this.ofPoint[i / 2]);
      }
      const line = tesoma.lineNear(this.lines, place, reach);
      if (line >= 0) return linesOf(this.ofLine[line]);
      return null;
    },
  });
})(window.tesoma);
