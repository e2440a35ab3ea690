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
