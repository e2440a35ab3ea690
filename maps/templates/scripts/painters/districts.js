/* Districts of a batch by the time within which half of their residents reach the hub. */
(function (tesoma) {
  "use strict";

  tesoma.painters.districts = tesoma.Painter.extend({
    order: 10,
    unpack(data) {
      this.shapes = tesoma.shapes(data);
      /* A district can lie in several pieces: of which district each piece is. */
      this.of = tesoma.integers(data.of);
      this.names = data.names;
      this.residents = tesoma.integers(data.residents);
      this.seconds = {};
      for (const profile of Object.keys(data.seconds)) this.seconds[profile] = tesoma.integers(data.seconds[profile]);
    },
    trace(context, view, piece) {
      const { rings, first } = this.shapes;
      context.beginPath();
      for (let ring = first[piece]; ring < first[piece + 1]; ring++) {
        tesoma.traceLine(context, view, rings, ring);
        context.closePath();
      }
    },
    paint(context, view) {
      const { state } = view.canvasLayer, seconds = this.seconds[state.profile];
      context.lineWidth = 1.5 * view.unit;
      context.strokeStyle = state.colours.land;
      for (let piece = 0; piece < this.shapes.length; piece++) {
        if (!view.touches(this.shapes.box, piece)) continue;
        this.trace(context, view, piece);
        context.fillStyle = tesoma.bandColour(state, seconds[this.of[piece]]);
        context.fill("evenodd");
        context.stroke();
      }
    },
    at(place, reach, state) {
      const piece = tesoma.shapeAt(this.shapes, place);
      if (piece < 0) return null;
      const district = this.of[piece], { words } = state;
      return [
        this.names[district], tesoma.minutes(words, this.seconds[state.profile][district], words.half),
        tesoma.counted(words.residents, this.residents[district]),
      ];
    },
  });

  /* Those without figures: hatched as areas without residents are, and named. */
  tesoma.painters.without_figures = tesoma.painters.unknown.extend({
    unpack(data) {
      this.shapes = tesoma.shapes(data);
      this.of = tesoma.integers(data.of);
      this.names = data.names;
    },
    at(place, reach, state) {
      const piece = tesoma.shapeAt(this.shapes, place);
      return piece < 0 ? null : [this.names[this.of[piece]], state.words.without];
    },
  });
})(window.tesoma);
