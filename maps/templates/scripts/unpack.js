/* Reads what tesoma_geo/render/figures/encoding.py wrote: integers, lines and shapes in Web Mercator pixels at ZOOM. */
(function (tesoma) {
  "use strict";

  tesoma.ZOOM = 18;

  /** Base64 (- for /) of zigzag variable-length integers -> Int32Array. */
  tesoma.integers = function (packed) {
    const bytes = atob(packed.replaceAll("-", "/"));
    const values = new Int32Array(bytes.length);
    let count = 0;
    for (let i = 0; i < bytes.length; count++) {
      let value = 0, shift = 0, byte;
      do {
        byte = bytes.charCodeAt(i++);
        value |= (byte & 127) << shift;
        shift += 7;
      } while (byte > 127);
      values[count] = (value >>> 1) ^ -(value & 1);
    }
    return values.subarray(0, count);
  };

  /** Lines: xy (x and y in turn), start (of each line in xy, and the end), box (west, north, east, south). */
  tesoma.lines = function (packed) {
    const stream = tesoma.integers(packed);
    let number = 0, points = 0;
    for (let i = 0; i < stream.length; i += 1 + 2 * stream[i]) {
      number++;
      points += stream[i];
    }
    const xy = new Int32Array(2 * points), start = new Int32Array(number + 1), box = new Int32Array(4 * number);
    let x = 0, y = 0, at = 0, i = 0;
    for (let line = 0; line < number; line++) {
      let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
      const count = stream[i++];
      start[line] = at;
      for (let point = 0; point < count; point++) {
        xy[at++] = x += stream[i++];
        xy[at++] = y += stream[i++];
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < north) north = y;
        if (y > south) south = y;
      }
      box.set([west, north, east, south], 4 * line);
    }
    start[number] = at;
    return { xy, start, box, length: number };
  };

  /** Shapes: lines that are rings, and where each shape's rings begin among them. */
  tesoma.shapes = function (packed) {
    const rings = tesoma.lines(packed.rings), counts = tesoma.integers(packed.counts);
    const first = new Int32Array(counts.length + 1), box = new Int32Array(4 * counts.length);
    for (let shape = 0; shape < counts.length; shape++) {
      first[shape + 1] = first[shape] + counts[shape];
      /* The outer ring comes first and holds the others. */
      box.set(rings.box.subarray(4 * first[shape], 4 * first[shape] + 4), 4 * shape);
    }
    return { rings, first, box, length: counts.length };
  };
})(window.tesoma);
