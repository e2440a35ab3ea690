/* Places for a hub by the time within which half of the residents would reach it, each with its rank. */
(function (tesoma) {
  "use strict";

  const RADIUS = 11, NAME = { size: 12.5, weight: 600, colour: "text" };

  tesoma.painters.hubs = tesoma.Painter.extend({
    order: 60,
    unpack(data) {
      this.xy = tesoma.integers(data.xy);
      this.names = data.names;
      this.seconds = {};
      this.ranks = {};
      for (const profile of Object.keys(data.seconds)) {
        this.seconds[profile] = tesoma.integers(data.seconds[profile]);
        this.ranks[profile] = tesoma.integers(data.ranks[profile]);
      }
    },
    /** Places by a way of moving, the best last: where two lie on each other it is seen. */
    inOrder({ profile }) {
      const ranks = this.ranks[profile];
      return this.names.map((_, place) => place).sort((one, other) => ranks[other] - ranks[one]);
    },
    paint(context, view) {
      const { state } = view.canvasLayer, { colours } = state, radius = RADIUS * view.unit;
      const seconds = this.seconds[state.profile], ranks = this.ranks[state.profile];
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.font = "700 " + 12 * view.unit + "px " + colours.font;
      for (const place of this.inOrder(state)) {
        const x = this.xy[2 * place], y = this.xy[2 * place + 1];
        if (x < view.west || x > view.east || y < view.north || y > view.south) continue;
        for (const [more, colour] of [[3, colours.halo], [1.5, colours.text], [0, tesoma.bandColour(state, seconds[place])]]) {
          context.fillStyle = colour;
          context.beginPath();
          context.arc(view.x(x), view.y(y), radius + more * view.unit, 0, 2 * Math.PI);
          context.fill();
        }
        if (this.names.length > 1) tesoma.label(context, String(ranks[place]), view.x(x), view.y(y), { halo: colours.halo, text: colours.text }, view.unit);
      }
    },
    /** Where the circles are, for names. */
    boxes(context, scale) {
      return this.names.map((_, place) => [this.xy[2 * place] * scale, this.xy[2 * place + 1] * scale, RADIUS + 2, RADIUS + 2]);
    },
    /** Their names, the best first. */
    namesBeside(state) {
      return this.inOrder(state).reverse().map((place) => ({
        text: this.names[place], look: NAME, turn: 0, length: 0, around: RADIUS + 8, x: this.xy[2 * place], y: this.xy[2 * place + 1],
      }));
    },
    at({ x, y }, reach, state) {
      const away = (place) => Math.hypot(this.xy[2 * place] - x, this.xy[2 * place + 1] - y);
      const near = this.inOrder(state).reverse().filter((place) => away(place) < reach);
      if (!near.length) return null;
      const place = near.reduce((one, other) => (away(other) < away(one) ? other : one)), { words } = state;
      const rank = this.names.length > 1 ? [tesoma.filled(words.rank, { n: this.ranks[state.profile][place] })] : [];
      return [this.names[place], tesoma.minutes(words, this.seconds[state.profile][place], words.half), ...rank];
    },
  });
})(window.tesoma);
