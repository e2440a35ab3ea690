/* What people drew, as shapes over the map, and the shape that is being drawn. */
(function (tesoma) {
  "use strict";

  const colour = (map, name) => map.tesoma.state.colours[name];

  /** A layer of things with a GeoJSON geometry; `tell` gives the lines of a tip. */
  tesoma.shapesOn = function (map, className, tell) {
    const group = L.featureGroup().addTo(map);
    return {
      show(items) {
        group.clearLayers();
        for (const item of items) {
          const look = { className, color: colour(map, "voice"), weight: 4, fillOpacity: 0.3 };
          const shape = L.geoJSON({ type: "Feature", properties: {}, geometry: item.geometry }, {
            style: () => look,
            pointToLayer: (_, place) => L.circleMarker(place, { ...look, radius: 9, weight: 3, fillOpacity: 0.7 }),
          });
          shape.bindTooltip(() => {
            const box = L.DomUtil.create("div", "told");
            tell(item).filter(Boolean).forEach((line, number) => {
              L.DomUtil.create(number ? "span" : "strong", "", box).textContent = line;
            });
            return box;
          });
          shape.addTo(group);
        }
      },
    };
  };

  /** Draws by clicks on the map: a point, a line or an area. `changed` is told the places so far. */
  tesoma.drawer = function (map, changed) {
    let places = [], shape = null, most = 200;
    const group = L.featureGroup().addTo(map);

    function paint() {
      group.clearLayers();
      const look = { className: "drawing-line", color: colour(map, "plan"), weight: 5, fillOpacity: 0.25 };
      if (shape === "area" && places.length > 2) L.polygon(places, look).addTo(group);
      else if (places.length > 1) L.polyline(places, look).addTo(group);
      places.forEach((place) => L.circleMarker(place, { ...look, radius: 7, weight: 3, fillOpacity: 1 }).addTo(group));
      changed(places.map(({ lng, lat }) => [Number(lng.toFixed(6)), Number(lat.toFixed(6))]), shape);
    }
    function add(place) {
      if (!shape) return;
      if (shape === "point") places = [];
      if (places.length < most) places.push(L.latLng(place));
      paint();
    }
    map.on("click", ({ latlng }) => add(latlng));
    return {
      begin(next, limit) { shape = next; most = limit || 200; places = []; paint(); },
      end() { shape = null; places = []; paint(); },
      add,
      back() { places.pop(); paint(); },
      get shape() { return shape; },
    };
  };
})(window.tesoma);
