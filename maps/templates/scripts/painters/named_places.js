/* Streets and addresses that may be looked for; of them the map shows the one that was chosen. */
(function (tesoma) {
  "use strict";

  /** Steps between points -> the points: x and y in turn. */
  function points(packed) {
    const steps = tesoma.integers(packed);
    for (let i = 2; i < steps.length; i++) steps[i] += steps[i - 2];
    return steps;
  }

  tesoma.painters.places = tesoma.Painter.extend({
    order: 85,
    unpackPart(data) {
      const xy = points(data.xy), numbersXy = points(data.numbers_xy), area = tesoma.integers(data.area);
      let at = 0;
      return data.names.map((name, i) => ({
        name, area: area[i] < 0 ? "" : data.areas[area[i]], x: xy[2 * i], y: xy[2 * i + 1],
        numbers: data.numbers[i].map((number) => ({ number, x: numbersXy[2 * at], y: numbersXy[2 * at++ + 1] })),
      }));
    },
    /** All of them; undefined until they are there. */
    all() { return this.part(0); },
    choose(place) {
      this.chosen = place;
      this.repaint();
    },
    boxes(context, scale) {
      return this.chosen ? [[this.chosen.x * scale, this.chosen.y * scale - 14, 12, 16]] : [];
    },
    paint(context, view) {
      if (!this.chosen) return;
      const { colours } = view.canvasLayer.state, { unit } = view, x = view.x(this.chosen.x), y = view.y(this.chosen.y);
      /* A pin whose point is the place. */
      context.beginPath();
      context.arc(x, y - 18 * unit, 10 * unit, 0.85 * Math.PI, 0.15 * Math.PI);
      context.lineTo(x, y);
      context.closePath();
      context.fillStyle = colours.plan;
      context.strokeStyle = colours.halo;
      context.lineWidth = 3 * unit;
      context.stroke();
      context.fill();
    },
  });
})(window.tesoma);
