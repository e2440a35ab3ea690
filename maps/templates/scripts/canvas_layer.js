/* The layer of canvases: one a tile, on which every layer of the map paints in its order. */
(function (tesoma) {
  "use strict";

  /** Dots across one pixel of the page on paper: 288 an inch. */
  const PAPER_DOTS = 3;

  /** What a painter sees of a canvas that begins at left, top of the world at a zoom: its place in reference pixels and
      the way from there to the canvas. */
  function viewOf(canvasLayer, zoom, { x: left, y: top }, size) {
    const scale = Math.pow(2, zoom - tesoma.ZOOM);
    const margin = 120;
    return {
      /* Between whole zooms a tile is shown smaller than it is: `unit` of its pixels are one on the screen. */
      unit: Math.pow(2, zoom - canvasLayer._map.getZoom()), zoom: canvasLayer._map.getZoom(),
      scale, width: size.x, height: size.y, canvasLayer,
      west: (left - margin) / scale, north: (top - margin) / scale,
      east: (left + size.x + margin) / scale, south: (top + size.y + margin) / scale,
      x: (value) => value * scale - left,
      y: (value) => value * scale - top,
      touches(box, index) {
        const i = 4 * index;
        return box[i] <= this.east && box[i + 2] >= this.west && box[i + 1] <= this.south && box[i + 3] >= this.north;
      },
    };
  }

  tesoma.CanvasLayer = L.GridLayer.extend({
    options: { tileSize: 256, updateWhenZooming: false, keepBuffer: 1, className: "sheet" },

    initialize(options) {
      L.GridLayer.prototype.initialize.call(this, options);
      this.painters = [];
      /** Counts what has changed: a tile of another version is to be painted. */
      this.version = 0;
    },

    onAdd(map) {
      L.GridLayer.prototype.onAdd.call(this, map);
      map.on("zoomend", this.repaint, this);
    },

    createTile(coords, done) {
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.done = () => done(null, canvas);
      this.ask();
      return canvas;
    },

    /** Paints all tiles once more, when their turn comes. */
    repaint() {
      this.version++;
      this.ask();
    },

    /* First what the painters need, then a job a tile. */
    ask() {
      if (this.asked) return;
      this.asked = true;
      tesoma.schedule(() => {
        this.asked = false;
        if (!this._map) return;
        for (const painter of this.shown()) painter.prepare(this.state, this._map.getZoom());
        for (const tile of Object.values(this._tiles)) tesoma.schedule(() => this.refresh(tile.el, tile.coords));
      });
    },

    /** Paints at once, on one canvas over the whole map, what is to be printed: on paper tiles that are scaled come apart. */
    layPaper() {
      const map = this._map;
      if (!map) return;
      for (const painter of this.shown()) painter.prepare(this.state, map.getZoom());
      this.paper = L.DomUtil.create("canvas", "paper", this.getContainer());
      Object.assign(this.paper.style, { width: map.getSize().x + "px", height: map.getSize().y + "px" });
      L.DomUtil.setPosition(this.paper, map.containerPointToLayerPoint([0, 0]));
      this.paint(this.paper, viewOf(this, map.getZoom(), map.getPixelBounds().min, map.getSize()), PAPER_DOTS);
    },

    /** Takes the printed canvas away again. */
    clearPaper() {
      if (this.paper) this.paper.remove();
      this.paper = null;
    },

    /* A tile waits where the painters are about to be told of something new. */
    refresh(canvas, coords) {
      if (!this._map || this.asked || !canvas.isConnected || coords.z !== this._tileZoom || canvas.version === this.version) return;
      canvas.version = this.version;
      const size = this.getTileSize(), view = viewOf(this, coords.z, L.point(coords).scaleBy(size), size);
      /* As many dots as it is shown with, larger or smaller than it is: letters that are made smaller lose strokes. */
      this.paint(canvas, view, Math.min(window.devicePixelRatio || 1, 2) / view.unit);
      if (canvas.done) canvas.done();
      canvas.done = null;
      tesoma.endSlice();
    },

    /** All layers in their order on a canvas of so many dots a pixel. */
    paint(canvas, view, dots) {
      canvas.width = Math.round(view.width * dots);
      canvas.height = Math.round(view.height * dots);
      const context = canvas.getContext("2d");
      context.scale(canvas.width / view.width, canvas.height / view.height);
      context.lineCap = context.lineJoin = "round";
      for (const painter of this.shown()) {
        context.save();
        painter.paint(context, view);
        context.restore();
      }
    },

    /** Painters that are on this side of a scenario. */
    shown() {
      return this.painters.filter((painter) => !painter.variant || painter.variant === this.variant);
    },

    enter(painter) {
      if (this.painters.includes(painter)) return;
      this.painters.push(painter);
      this.painters.sort((one, other) => one.order - other.order);
      this.repaint();
    },

    leave(painter) {
      this.painters = this.painters.filter((other) => other !== painter);
      this.repaint();
    },
  });

  /** A layer of the map that paints on the canvases while it is on the map. */
  tesoma.Painter = L.Layer.extend({
    order: 0,
    /** The canvas layer it is for, when there are two: "before" or "after" a scenario. */
    variant: null,
    initialize(key, packed) {
      Object.assign(this, { key, parts: [], variant: packed.variant });
      tesoma.schedule(() => this.unpack(packed));
    },
    /* After it has been unpacked. */
    onAdd(map) {
      tesoma.schedule(() => this._map === map && map.tesoma.canvasLayers.forEach((canvasLayer) => canvasLayer.enter(this)));
    },
    onRemove(map) { for (const canvasLayer of map.tesoma.canvasLayers) canvasLayer.leave(this); },
    repaint() { if (this._map) for (const canvasLayer of this._map.tesoma.canvasLayers) canvasLayer.repaint(); },
    /** A part of its data, which is asked for when it is first needed; undefined until it is there. */
    part(number) {
      if (!(number in this.parts)) {
        this.parts[number] = undefined;
        tesoma.part(this.key, number, (packed) => {
          this.parts[number] = this.unpackPart(packed, number);
          if (this.paints(number)) this.repaint();
          if (this._map) this._map.fire("tesoma:arrived");
        });
      }
      return this.parts[number];
    },
    unpack() {},
    /** Whether a part of its data is painted; else it is only told of. */
    paints() { return true; },
    /** Told before tiles are painted: asks for the parts that they will need. */
    prepare() {},
    paint() {},
    /** Where no name may be written: boxes of x, y (middle), half width and half height in pixels at a scale. */
    boxes() { return []; },
    /** What is under a place (reference pixels), within `reach` of them: lines of text, or null. */
    at() { return null; },
  });

  tesoma.painters = {};

  tesoma.traceLine = function (context, view, lines, index) {
    const { xy, start } = lines;
    if (start[index] === start[index + 1]) return;
    context.moveTo(view.x(xy[start[index]]), view.y(xy[start[index] + 1]));
    for (let i = start[index] + 2; i < start[index + 1]; i += 2) context.lineTo(view.x(xy[i]), view.y(xy[i + 1]));
  };

  /** Whether a place (reference pixels) lies within one of many closed lines. */
  tesoma.inRing = function ({ xy, start }, ring, place) {
    let inside = false;
    for (let a = start[ring], b = start[ring + 1] - 2; a < start[ring + 1]; b = a, a += 2) {
      if (xy[a + 1] > place.y !== xy[b + 1] > place.y &&
          place.x < ((xy[b] - xy[a]) * (place.y - xy[a + 1])) / (xy[b + 1] - xy[a + 1]) + xy[a]) inside = !inside;
    }
    return inside;
  };

  /** The shape that a place (reference pixels) lies in, or -1; holes are outside. */
  tesoma.shapeAt = function (shapes, place) {
    for (let shape = 0; shape < shapes.length; shape++) if (tesoma.inShape(shapes, shape, place)) return shape;
    return -1;
  };

  /** Whether a place lies in one of the shapes. */
  tesoma.inShape = function ({ rings, first, box }, shape, place) {
    const i = 4 * shape;
    if (place.x < box[i] || place.x > box[i + 2] || place.y < box[i + 1] || place.y > box[i + 3]) return false;
    let inside = false;
    for (let ring = first[shape]; ring < first[shape + 1]; ring++) {
      if (tesoma.inRing(rings, ring, place)) inside = !inside;
    }
    return inside;
  };

  /** The first line within reach of a place, or -1. */
  tesoma.lineNear = function (lines, place, reach) {
    const { xy, start } = lines;
    for (let line = 0; line < lines.length; line++) {
      for (let i = start[line] + 2; i < start[line + 1]; i += 2) {
        if (away(place, xy[i - 2], xy[i - 1], xy[i], xy[i + 1]) < reach) return line;
      }
    }
    return -1;
  };

  /** How far a place is from the line between two others. */
  function away(place, x1, y1, x2, y2) {
    const dx = x2 - x1, dy = y2 - y1, square = dx * dx + dy * dy;
    const along = square ? Math.max(0, Math.min(1, ((place.x - x1) * dx + (place.y - y1) * dy) / square)) : 0;
    return Math.hypot(place.x - x1 - along * dx, place.y - y1 - along * dy);
  }

  tesoma.traceShapes = function (context, view, shapes) {
    context.beginPath();
    for (let shape = 0; shape < shapes.length; shape++) {
      if (!view.touches(shapes.box, shape)) continue;
      for (let ring = shapes.first[shape]; ring < shapes.first[shape + 1]; ring++) {
        tesoma.traceLine(context, view, shapes.rings, ring);
        context.closePath();
      }
    }
  };

  /** Text with a halo, so that it is read over anything. */
  tesoma.label = function (context, text, x, y, colours, unit) {
    context.lineJoin = "round";
    context.lineWidth = 3.5 * unit;
    context.strokeStyle = colours.halo;
    context.fillStyle = colours.text;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
})(window.tesoma);
