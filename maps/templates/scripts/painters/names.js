/* Names of areas, waters and streets. */
(function (tesoma) {
  "use strict";

  const painters = tesoma.painters;

  /** The first of the places of a name that hides fewest homes which win or lose by a plan, where such are shown. */
  tesoma.clearest = function (map, spots, half, scale, state) {
    const { difference } = map ? map.tesoma.layers : {};
    if (!difference || !map.hasLayer(difference)) return spots[0];
    const over = spots.map((spot) => difference.hidden([...spot, ...half], scale, state));
    return spots[over.indexOf(Math.min(...over))];
  };

  /* Names: of areas and waters level, of streets along them; what would cover another stays away. */
  const NAMES = [
    { from: 11.5, size: 12.5, weight: 600, colour: "text" },
    { from: 12.5, size: 12, weight: 400, colour: "water_text", style: "italic " },
    { from: 14.5, size: 11.5, weight: 400, colour: "text" },
  ];

  /* How far from its middle an area's name may stand, in pixels: further away another one has its name. The nearest of
     these places that is free is taken, those level with it first, and one beside the boundary before one on it. */
  const NEAR = 20, FAR = 44, BESIDE = 64, ASIDE = [0, -6, 6, -12, 12, -18, 18, -24, 24, -30, 30].flatMap((lower) => [0, -10, 10, -20, 20, -30, 30, -42, 42].map((right) => [right, lower]))
    .filter((at) => Math.hypot(...at) <= FAR).sort((one, other) => Math.hypot(...one) - Math.hypot(...other));

  /* So far a name of an area stays from a count that is not of its place, in pixels: side by side they would be read as one. */
  const APART = 8;

  painters.names = tesoma.Painter.extend({
    order: 75,
    unpack() { this.placed = {}; },
    /* A part a kind. */
    unpackPart(data, number) {
      const text = tesoma.integers(data.text), xy = tesoma.integers(data.xy);
      const degrees = tesoma.integers(data.degrees), length = tesoma.integers(data.length);
      this.placed = {};
      return Array.from(text, (at, i) => ({
        text: data.texts[at], look: NAMES[number], x: xy[2 * i], y: xy[2 * i + 1], turn: (degrees[i] * Math.PI) / 180,
        length: length[i],
      }));
    },
    /** The kinds of names that are written at a zoom: those of areas from where the page asks for them. */
    written: (state, zoom, number) => zoom >= (number || state.namesFrom === undefined ? NAMES[number].from : state.namesFrom),
    prepare(state, zoom) {
      NAMES.forEach((look, number) => this.written(state, zoom, number) && this.part(number));
    },
    /** How much room a name has in its district, in reference pixels; on other maps it needs none of its own. */
    room(at) {
      for (const key of ["districts", "without_figures"]) {
        const layer = this._map.tesoma.layers[key], piece = layer ? tesoma.shapeAt(layer.shapes, at) : -1;
        if (piece >= 0) return layer.shapes.box[4 * piece + 2] - layer.shapes.box[4 * piece];
      }
      return Infinity;
    },
    /** Boxes of what lies over the map as it is seen: buttons, the scale, and that a place is made up. */
    covered(grown) {
      const map = this._map, { left, top } = map.getContainer().getBoundingClientRect(), { min } = map.getPixelBounds();
      const over = map.tesoma.frame.querySelectorAll(".leaflet-control-zoom, .leaflet-control-scale, .map-made-up");
      return Array.from(over, (one) => one.getBoundingClientRect()).filter(({ width }) => width).map((box) =>
        [(min.x + box.left - left + box.width / 2) * grown, (min.y + box.top - top + box.height / 2) * grown, box.width / 2, box.height / 2]);
    },
    font: (look, size, colours) => (look.style || "") + look.weight + " " + size + "px " + colours.font,
    /** Boxes of where areas would have their names, for what gives way to them. */
    wished(scale, state) {
      if (!this.written(state, tesoma.ZOOM + Math.log2(scale), 0)) return [];
      return (this.part(0) || []).map(({ text, x, y }) => [x * scale, y * scale, 3.7 * text.length + 4, 10]);
    },
    /** Places of the name by which the page tells of one place or several: around its area's own middle, within one of them;
        of one place also at its sign. */
    ofTold(places, [x, y], scale, half) {
      const own = ASIDE.map(([right, lower]) => [x + right, y + lower]);
      return [...own.filter(([right, low]) => places.some(({ holds }) => holds({ x: right / scale, y: low / scale }))),
        ...(places.length === 1 ? this.atSign(places[0], scale, half) : [])];
    },
    /** Above, below and beside a sign, and around the middle of the area's part in its place; all near that middle, those
        beside the sign a little less, and within the place. */
    atSign({ x, y, radius, middle, holds }, scale, [wide, high]) {
      const [right, low, across, down] = [x * scale, y * scale, radius * scale + wide + 1, radius * scale + high + 1];
      const aside = ASIDE.map(([more, lower]) => [middle.x * scale + more, middle.y * scale + lower]);
      const sides = [[right, low - down], [right, low + down], [right + across, low], [right - across, low]];
      return [...sides, ...aside].filter((spot) =>
        Math.hypot(spot[0] - middle.x * scale, spot[1] - middle.y * scale) <= (aside.includes(spot) ? FAR : BESIDE) && holds({ x: spot[0] / scale, y: spot[1] / scale }));
    },
    /** Whether a name is not read as that of a count of another place: apart from all of them, and nearer to its own. */
    isApart([x, y], [wide, high], counts, scale) {
      const gaps = counts.map((count) => ({
        own: count.own, aside: Math.abs(count.x * scale - x) - wide - count.radius * scale, below: Math.abs(count.y * scale - y) - high - count.radius * scale,
      }));
      const away = ({ aside, below }) => Math.hypot(Math.max(0, aside), Math.max(0, below)), nearest = Math.min(...gaps.filter(({ own }) => own).map(away));
      return gaps.every((gap) => gap.own || ((gap.aside >= APART || gap.below >= (nearest < Infinity ? 0 : 2 * APART)) && (nearest === Infinity || nearest + APART / 2 <= away(gap))));
    },
    /** Which names have room at this zoom, in the order in which they were given. */
    place(context, zoom, state, canvasLayer, theirs) {
      const scale = Math.pow(2, zoom - tesoma.ZOOM), colours = state.colours, chosen = [];
      /* A level name that the map's edge would cut moves beside it. */
      const seen = this._map.getPixelBounds(), grown = Math.pow(2, zoom - this._map.getZoom());
      const taken = [...canvasLayer.painters.flatMap((painter) => painter.boxes(context, scale, state)), ...this.covered(grown)];
      const inside = (at, half, first, last) =>
        at + half <= first || at - half >= last ? at : Math.min(Math.max(at, first + half), last - half);
      const within = (x, half) => inside(x, half, seen.min.x * grown, seen.max.x * grown);
      const level = (y, half) => inside(y, half, seen.min.y * grown, seen.max.y * grown);
      const { district } = this._map.tesoma.layers, bounded = district && this._map.hasLayer(district);
      const isWithin = (place) => tesoma.shapeAt(district.shapes, place) >= 0;
      /* 1 on the district's boundary, 2 on its other side. */
      const astray = function (own, [x, y], [wide, high]) {
        if (!bounded || !district.shapes) return 0;
        if (isWithin(own) !== isWithin({ x: x / scale, y: y / scale })) return 2;
        return district.crosses([x, y, wide + 5, high + 2], scale) ? 1 : 0;
      };
      const ours = NAMES.map((look, i) => (this.written(state, zoom, i) && this.part(i)) || []);
      /* Areas by which the page tells of places have their names before the others, within the place that is told. */
      const told = new Map(canvasLayer.painters.flatMap((painter) => (painter.areasNamed ? [...painter.areasNamed(state)] : [])));
      const areas = [...ours[0]].sort((one, other) => told.has(other.text) - told.has(one.text));
      const counts = canvasLayer.painters.flatMap((painter) => (painter.countsPlaced ? painter.countsPlaced(state) : []));
      /* Stops of the shown way of moving come before streets. */
      for (const { text, look, turn, length, shifts, around, ...at } of [...areas, ...ours[1], ...theirs, ...ours[2]]) {
        context.font = this.font(look, look.size, colours);
        const width = context.measureText(text).width;
        if (length && length * scale < width + 8) continue;
        const [x, middle] = length ? [at.x * scale, at.y * scale] : [within(at.x * scale, width / 2 + 4), level(at.y * scale, look.size / 2 + 4)];
        /* One name is not written twice side by side. */
        if (chosen.some((other) => other.text === text && Math.hypot(other.x - x, other.y - middle) < 400)) continue;
        const across = Math.abs(Math.cos(turn)), down = Math.abs(Math.sin(turn));
        const half = [(across * width + down * look.size) / 2 + 4, (down * width + across * look.size) / 2 + 4];
        const free = ([x, y]) => taken.every((box) =>
          Math.abs(box[0] - x) >= box[2] + half[0] || Math.abs(box[1] - y) >= box[3] + half[1]);
        /* The name of a district that is narrower stands beside it, with a line to it. */
        const beside = look === NAMES[0] && this.room(at) * scale < width + 4;
        const upright = shifts || (length ? [0] : beside ? [-28, 28, -46, 46, -64, 64] : [0, -18, 18, -32, 32]);
        /* What has a sign of some size (`around`, in pixels) has its name below, above or beside that.
           An area is wide enough for its name a little aside, where the hub, a sign or the map's edge has its middle. */
        const near = look === NAMES[0] && !beside && state.namesFrom === undefined;
        const places = near && told.get(text);
        const others = near ? counts.map((count) => ({ ...count, own: count.area === text })) : [];
        if (near && !places && Math.hypot(x - at.x * scale, middle - at.y * scale) > NEAR) continue;
        const ofPlaces = () => this.ofTold(places, [x, middle], scale, half).filter((spot) => within(spot[0], half[0]) === spot[0] && level(spot[1], half[1]) === spot[1]);
        const spots = places ? ofPlaces() : near ? ASIDE.map(([right, lower]) => [x + right, middle + lower]) : around ? [[x, middle + around], [x, middle - around], [x + around + width / 2, middle], [x - around - width / 2, middle]].filter(([at]) => within(at, width / 2 + 4) === at)
            : upright.map((shift) => [x, middle + shift]);
        const open = spots.filter((at) => free(at) && this.isApart(at, half, others, scale)), strayed = open.map((spot) => (near ? astray(at, spot, half) : 0));
        const best = open.filter((_, i) => strayed[i] === Math.min(...strayed));
        const spot = look === NAMES[0] ? tesoma.clearest(this._map, best, half, scale, state) : open[0];
        if (!spot) continue;
        const y = spot[1];
        taken.push([...spot, ...half]);
        chosen.push({ x: spot[0], y, text, look, turn, reach: width / 2 / scale, of: (beside || (state.namesFrom !== undefined && y !== middle)) && [at.x, at.y] });
      }
      return chosen;
    },
    /** From a district to its name beside it. */
    line(context, view, colours, [x, y], [left, top]) {
      for (const [colour, more] of [[colours.halo, 1.5], [colours.text, 0]]) {
        context.strokeStyle = context.fillStyle = colour;
        context.lineWidth = (1.25 + 2 * more) * view.unit;
        context.beginPath();
        context.moveTo(view.x(x), view.y(y));
        context.lineTo(view.x(left), view.y(top));
        context.stroke();
        context.beginPath();
        context.arc(view.x(x), view.y(y), (2.5 + more) * view.unit, 0, 2 * Math.PI);
        context.fill();
      }
    },
    /** What a name stands on where the colours below it are many. */
    plate(context, colours, wide, high) {
      context.globalAlpha = 0.85;
      context.fillStyle = colours.land;
      context.fillRect(-wide / 2 - 3, -0.65 * high, wide + 6, 1.3 * high);
      context.globalAlpha = 1;
    },
    paint(context, view) {
      const state = view.canvasLayer.state, colours = state.colours;
      const painters = view.canvasLayer.shown(), named = painters.filter((painter) => painter.namesBeside);
      const theirs = named.flatMap((painter) => painter.namesBeside(state, view.zoom));
      const { x: wide, y: high } = view.canvasLayer._map.getSize();
      const shown = [view.zoom, wide, high, state.profile, state.wayBounds && state.home, ...(state.ride ? theirs.map(({ text }) => text) : [theirs.length]), ...painters.map((painter) => painter.key)].join();
      this.placed[shown] = this.placed[shown] || this.place(context, view.zoom, state, view.canvasLayer, theirs);
      context.textAlign = "center";
      context.textBaseline = "middle";
      const scale = Math.pow(2, view.zoom - tesoma.ZOOM);
      for (const name of this.placed[shown]) {
        const { text, look, turn, reach } = name, x = name.x / scale, y = name.y / scale;
        if (x + reach < view.west || x - reach > view.east || y + reach < view.north || y - reach > view.south) continue;
        if (name.of) this.line(context, view, colours, name.of, [x, y]);
        context.save();
        context.translate(view.x(x), view.y(y));
        context.rotate(turn);
        context.font = this.font(look, look.size * view.unit, colours);
        if (state.namesFrom !== undefined) this.plate(context, colours, context.measureText(text).width, look.size * view.unit);
        tesoma.label(context, text, 0, 0, { halo: colours.halo_soft, text: colours[look.colour] }, view.unit);
        context.restore();
      }
    },
  });
})(window.tesoma);
