/* The ground: water, streets, the district's outline. */
(function (tesoma) {
  "use strict";

  const painters = tesoma.painters;

  /* What lies beyond the files: lines the other way than where no residents are known, on a grey that is no land, so that
     the end of lakes and streets does not look like a shore. */
  painters.unmapped = tesoma.Painter.extend({
    order: 1,
    unpack(data) { this.known = tesoma.shapes(data); },
    /** Whether all of a box is known, in reference pixels. */
    holds(west, north, east, south) {
      return [[west, north], [east, north], [east, south], [west, south]].every(([x, y]) => tesoma.shapeAt(this.known, { x, y }) >= 0);
    },
    /** Tells the page whether any of it is seen. */
    prepare() {
      const { min, max } = this._map.getPixelBounds(), grown = Math.pow(2, tesoma.ZOOM - this._map.getZoom());
      this._map.tesoma.frame.classList.toggle("end-seen", !this.holds(min.x * grown, min.y * grown, max.x * grown, max.y * grown));
    },
    paint(context, view) {
      const { colours } = view.canvasLayer.state;
      if (this.holds(view.west, view.north, view.east, view.south)) return;
      tesoma.traceShapes(context, view, this.known);
      context.rect(0, 0, view.width, view.height);
      context.clip("evenodd");
      context.fillStyle = colours.unmapped;
      context.fillRect(0, 0, view.width, view.height);
      context.globalAlpha = 0.5;
      hatch(context, view, colours.path, -1);
    },
  });

  painters.water = tesoma.Painter.extend({
    order: 20,
    unpack(data) { this.shapes = tesoma.shapes(data); },
    /** For signs, which keep out of it. */
    prepare(state) { state.water = this.shapes; },
    paint(context, view) {
      tesoma.traceShapes(context, view, this.shapes);
      context.fillStyle = view.canvasLayer.state.colours.water;
      context.fill("evenodd");
    },
  });

  painters.green = tesoma.Painter.extend({
    order: 5,
    unpack(data) { this.shapes = tesoma.shapes(data); },
    paint(context, view) {
      tesoma.traceShapes(context, view, this.shapes);
      context.fillStyle = view.canvasLayer.state.colours.green;
      context.fill("evenodd");
    },
  });

  /* Under the homes, whose colours are the map's subject, and only where they are large enough to be told apart. */
  const BUILDINGS_FROM = 14.75;
  painters.buildings = tesoma.Painter.extend({
    order: 25,
    unpackPart: (packed) => tesoma.shapes(packed),
    prepare(state, zoom) { if (zoom >= BUILDINGS_FROM) this.part(0); },
    paint(context, view) {
      const shapes = view.zoom >= BUILDINGS_FROM && this.part(0);
      if (!shapes) return;
      tesoma.traceShapes(context, view, shapes);
      context.fillStyle = view.canvasLayer.state.colours.building;
      context.fill("evenodd");
    },
  });

  /* Dark with light gaps: no street looks like that. */
  painters.railways = tesoma.Painter.extend({
    order: 45,
    unpack(data) { this.lines = tesoma.lines(data.lines); },
    paint(context, view) {
      const colours = view.canvasLayer.state.colours, width = Math.min(3, Math.max(1.2, view.zoom - 11.5)) * view.unit;
      context.beginPath();
      for (let line = 0; line < this.lines.length; line++) {
        if (view.touches(this.lines.box, line)) tesoma.traceLine(context, view, this.lines, line);
      }
      context.lineCap = "butt";
      context.lineWidth = width + view.unit;
      context.strokeStyle = colours.rail;
      context.stroke();
      context.lineWidth = width - 0.5 * view.unit;
      context.setLineDash([7 * view.unit, 7 * view.unit]);
      context.strokeStyle = colours.land;
      context.stroke();
    },
  });

  /** Slanting lines over what is clipped, rising to the right or (-1) falling, which run on from tile to tile. */
  function hatch(context, view, colour, rising = 1) {
    const step = 9 * view.unit, high = view.height, most = view.width + high;
    const first = (((view.x(0) + rising * view.y(0)) % step) + step) % step - (rising < 0 ? high - (high % step) + step : 0);
    context.beginPath();
    for (let at = first; at < most; at += step) {
      context.moveTo(at, 0);
      context.lineTo(at - rising * high, high);
    }
    context.strokeStyle = colour;
    context.lineWidth = view.unit;
    context.stroke();
  }

  /* Where no residents are known: hatched, so that it does not look empty. */
  painters.unknown = tesoma.Painter.extend({
    order: 15,
    unpack(data) { this.shapes = tesoma.shapes(data); },
    paint(context, view) {
      tesoma.traceShapes(context, view, this.shapes);
      context.clip("evenodd");
      hatch(context, view, view.canvasLayer.state.colours.path);
    },
  });

  /* Widths in pixels at zoom 12, 14 and 16 and above, and the zoom from which on a class is drawn; classes as
     render/figures/street_classes.py numbers them. */
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
    /* A part a class. */
    unpackPart: (packed) => tesoma.lines(packed),
    prepare(state, zoom) {
      STREETS.forEach((style, number) => zoom >= style.from && this.part(number));
    },
    paint(context, view) {
      const colours = view.canvasLayer.state.colours;
      for (let number = STREETS.length - 1; number >= 0; number--) {
        const style = STREETS[number], lines = view.zoom >= style.from && this.part(number);
        if (!lines) continue;
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

  /** Whether the line between two places meets a rectangle. */
  function meets(x, y, toX, toY, [west, north, east, south]) {
    if (Math.max(x, toX) < west || Math.min(x, toX) > east || Math.max(y, toY) < north || Math.min(y, toY) > south) return false;
    const corners = [[west, north], [east, north], [west, south], [east, south]];
    const sides = corners.map(([right, low]) => (toX - x) * (low - y) > (toY - y) * (right - x));
    return sides.some(Boolean) && !sides.every(Boolean);
  }

  painters.district = tesoma.Painter.extend({
    order: 50,
    unpack(data) { this.shapes = tesoma.shapes(data); },
    /** Whether the boundary runs through a box: its middle and half sides, in pixels at a scale. */
    crosses([x, y, wide, high], scale) {
      if (!this.shapes) return false;
      const { xy, start, length } = this.shapes.rings;
      const box = [(x - wide) / scale, (y - high) / scale, (x + wide) / scale, (y + high) / scale];
      for (let ring = 0; ring < length; ring++) {
        for (let i = start[ring], from = start[ring + 1] - 2; i < start[ring + 1]; from = i, i += 2) {
          if (meets(xy[from], xy[from + 1], xy[i], xy[i + 1], box)) return true;
        }
      }
      return false;
    },
    paint(context, view) {
      const colours = view.canvasLayer.state.colours;
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
})(window.tesoma);
