/* Before and after a scenario on one map: two canvas layers, and a slider that says how much is seen of each. */
(function (tesoma) {
  "use strict";

  tesoma.mapStarters.push(function (map) {
    const { layers, canvasLayer, canvasLayers, state, frame } = map.tesoma, slider = frame.querySelector(".map-swipe input");
    if (!Object.keys(layers).some((key) => key.endsWith("_after"))) return;
    canvasLayer.variant = "before";
    canvasLayer.repaint();
    if (!slider) return;
    const after = new tesoma.CanvasLayer();
    after.state = state;
    after.painters = canvasLayer.painters.slice();
    after.variant = "after";
    canvasLayers.push(after);
    after.addTo(map);
    map.tesoma.canvasLayerAt = (point) => (point.x < (map.getSize().x * slider.value) / 100 ? canvasLayer : after);
    const line = L.DomUtil.create("div", "swipe-line", map.getContainer());
    const cut = function () {
      const corner = map.containerPointToLayerPoint([0, 0]), size = map.getSize(), end = corner.add(size);
      const at = corner.x + size.x * (slider.value / 100);
      canvasLayer.getContainer().style.clip = "rect(" + [corner.y, at, end.y, corner.x].map((v) => v + "px").join() + ")";
      after.getContainer().style.clip = "rect(" + [corner.y, end.x, end.y, at].map((v) => v + "px").join() + ")";
      line.style.left = slider.value + "%";
    };
    slider.addEventListener("input", cut);
    map.on("move zoomend resize", cut);
    /* Minutes saved and lost are of both sides: there is nothing to swipe between. */
    const offer = function () {
      const apart = !map.hasLayer(layers.difference);
      frame.querySelector(".map-swipe").hidden = !apart;
      line.hidden = !apart;
    };
    map.on("tesoma:change", offer);
    offer();
    cut();
  });
})(window.tesoma);
