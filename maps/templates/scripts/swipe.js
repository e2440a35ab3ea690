/* Before and after a scenario on one map: two sheets, and a slider that says how much is seen of each. */
(function (tesoma) {
  "use strict";

  tesoma.begins.push(function (map) {
    const { layers, sheet, sheets, state, frame } = map.tesoma, slider = frame.querySelector(".map-swipe input");
    if (!Object.keys(layers).some((key) => key.endsWith("_after"))) return;
    sheet.variant = "before";
    sheet.repaint();
    if (!slider) return;
    const after = new tesoma.Sheet();
    after.state = state;
    after.painters = sheet.painters.slice();
    after.variant = "after";
    sheets.push(after);
    after.addTo(map);
    map.tesoma.sheetAt = (point) => (point.x < (map.getSize().x * slider.value) / 100 ? sheet : after);
    const line = L.DomUtil.create("div", "swipe-line", map.getContainer());
    const cut = function () {
      const corner = map.containerPointToLayerPoint([0, 0]), size = map.getSize(), end = corner.add(size);
      const at = corner.x + size.x * (slider.value / 100);
      sheet.getContainer().style.clip = "rect(" + [corner.y, at, end.y, corner.x].map((v) => v + "px").join() + ")";
      after.getContainer().style.clip = "rect(" + [corner.y, end.x, end.y, at].map((v) => v + "px").join() + ")";
      line.style.left = slider.value + "%";
    };
    slider.addEventListener("input", cut);
    map.on("move zoomend resize", cut);
    frame.querySelector(".map-swipe").hidden = false;
    cut();
  });
})(window.tesoma);
