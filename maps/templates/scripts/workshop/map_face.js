/* The map of the published pages on a face of the workshop; a plan changes its homes and isochrones. */
(function (tesoma) {
  "use strict";

  const room = tesoma.room || (tesoma.room = {});

  /** Draws the map; resolves once its layers are there. */
  tesoma.drawMap = async function () {
    const answer = await tesoma.room.ask("GET", "district");
    if (!answer.ok) return null;
    tesoma.data = answer.told;
    const map = tesoma.map("map", tesoma.room.map);
    for (const key of Object.keys(tesoma.data)) tesoma.layer(map, key).addTo(map);
    await new Promise((done) => tesoma.whenIdle(done));
    return map;
  };

  const kept = {};

  /** The layer of what a plan wins and loses, beside the homes' minutes; one of the two is shown. */
  tesoma.gainsLayer = function (map) {
    tesoma.data.difference = { painter: "difference", packed: {}, parts: [] };
    const layer = tesoma.layer(map, "difference"), { cells } = map.tesoma.layers;
    const today = ({ profile }) => (kept[profile] || { to: cells.toHub[profile] }).to;
    layer.before = () => ({ quads: cells.quads, seconds: today });
    layer.after = () => cells;
    return layer;
  };

  /** A small picture of what a plan wins and loses at each home. */
  tesoma.gainsPicture = function (canvas, map, profile, plan) {
    const { cells } = map.tesoma.layers, { colours } = map.tesoma.state, { quads } = cells;
    const was = (kept[profile] || { to: cells.toHub[profile] }).to, is = tesoma.integers(plan.to);
    const edge = (at, pick) => pick(...Array.from({ length: quads.length }, (_, cell) => quads.box[4 * cell + at]));
    const left = edge(0, Math.min), top = edge(1, Math.min), scale = Math.min(canvas.width / (edge(2, Math.max) - left), canvas.height / (edge(3, Math.max) - top));
    const view = { x: (x) => (x - left) * scale, y: (y) => (y - top) * scale }, context = canvas.getContext("2d");
    context.fillStyle = colours.land;
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (let cell = 0; cell < quads.length; cell++) {
      const won = tesoma.wonSeconds(was[cell], is[cell]);
      if (won === null) continue;
      context.beginPath();
      tesoma.traceLine(context, view, quads, cell);
      context.fillStyle = colours.won[tesoma.wonStep(won)];
      context.fill();
    }
  };

  /** Homes and isochrones of a way of moving with a plan; as today where there is none. */
  tesoma.showPlan = function (map, profile, plan) {
    const { cells, isochrones } = map.tesoma.layers, at = isochrones.profiles.indexOf(profile);
    kept[profile] = kept[profile] || { to: cells.toHub[profile], from: cells.fromHub[profile], rings: isochrones.parts[at] };
    const today = kept[profile];
    cells.toHub[profile] = plan ? tesoma.integers(plan.to) : today.to;
    cells.fromHub[profile] = plan ? tesoma.integers(plan.from) : today.from;
    isochrones.parts[at] = plan ? isochrones.unpackPart(plan.rings, at) : today.rings;
    map.tesoma.canvasLayer.repaint();
    return { today: today.to, now: cells.toHub[profile] };
  };

  void room;
})(window.tesoma);
