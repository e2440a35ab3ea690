/* The wall: draw, and see at once who is brought nearer. */
(function (tesoma) {
  "use strict";

  const room = tesoma.room, { place, word, make, named } = room;
  const PATH = { highway: "path", foot: "designated", bicycle: "designated", surface: "asphalt" };
  /* What each tool draws, and the entry of the scenario file that it becomes. */
  const TOOLS = {
    path: { shape: "line", section: "links", entry: (line) => ({ line, tags: PATH }) },
    bridge: { shape: "line", section: "links", entry: (line) => ({ line, tags: { ...PATH, bridge: "yes", layer: "1" } }) },
    underpass: { shape: "line", section: "links", entry: (line) => ({ line, tags: { ...PATH, tunnel: "yes", layer: "-1" } }) },
    ramp: { shape: "line", section: "ramps", entry: (line) => ({ line, within_m: 15 }) },
    light: { shape: "line", section: "lighting", entry: (line) => ({ line, within_m: 15 }) },
    pave: { shape: "line", section: "paving", entry: (line) => ({ line, within_m: 15 }) },
    clear: { shape: "line", section: "winter_maintenance", entry: (line) => ({ line, within_m: 15 }) },
    homes: { shape: "point", section: "homes", entry: ([[lon, lat]]) => ({ lon, lat, residents: residents() }) },
    close: { shape: "line", section: "costs", entry: (line) => ({ line, within_m: 15, closed: true }) },
    service: { shape: "point", section: "services", entry: ([[lon, lat]]) => ({ kind: document.getElementById("service-kind").value, lon, lat }) },
    remove: { shape: "point", section: "services", entry: ([place]) => ({ remove: nearest(place) }) },
    entrance: { shape: "point", section: "entrances", entry: ([[lon, lat]]) => ({ lon, lat }) },
  };
  /* A service to another place: from the one that is nearest to the first corner to the second one. */
  TOOLS.move = {
    shape: "line", corners: 2, section: "services", entry: ([from]) => ({ remove: nearest(from) }),
    also: ([from, [lon, lat]]) => {
      const { kind, name } = services.find((one) => one.id === nearest(from));
      return [{ section: "services", entry: { kind, lon, lat, ...(name ? { name } : {}) } }];
    },
  };
  /* Public transport: seen by whoever rides, so the map changes to that way of moving. A new line takes 20 km/h. */
  const minutesField = () => Number(document.getElementById("line-minutes").value) || 10;
  const stopNearest = (at) => nearest(at, transit.stops);
  const minutesBetween = ([lng, lat], [lng2, lat2]) => Math.max(1, Math.round(map.distance([lat, lng], [lat2, lng2]) / 333));
  TOOLS.stop = { shape: "line", corners: 2, section: "stops", rides: true, entry: ([from, [lon, lat]]) => ({ stop_id: stopNearest(from), lon, lat }) };
  TOOLS.bus = {
    shape: "line", section: "lines", rides: true,
    entry: (line) => ({ name: "W" + (newest + 1), stops: line, minutes: line.slice(1).map((at, i) => minutesBetween(line[i], at)), headway_min: minutesField(), between: transit.between }),
  };
  const ridersProfile = () => document.body.querySelector("[data-riders]").dataset.riders;
  function ride() {
    if (profile() !== ridersProfile()) tesoma.choose(map, ridersProfile());
  }
  async function changeLine(kind) {
    const line = document.getElementById("line-name").value;
    const entry = kind === "end_line" ? { remove: line } : { line, headway_min: minutesField(), between: transit.between };
    ride();
    await change("POST", "/changes", { section: kind === "end_line" ? "lines" : "headways", kind, entry, name: "" });
  }
  /* Residents by age where the workspace knows ages and somebody wrote any, else their number alone. */
  function residents() {
    const by = {};
    for (const one of document.querySelectorAll("[data-age]")) if (Number(one.value) > 0) by[one.dataset.age] = Math.round(Number(one.value));
    return Object.keys(by).length ? by : Math.round(Number(document.getElementById("homes-residents").value)) || 100;
  }
  const NAMES = ["a", "b", "c"];
  let map, draw, shown, changes, services = [], transit = null, newest = 0, stops, tool = null, line = [], alternative = "a", turn = 0, snapping = 0, joints;
  /* The service that is nearest to a place. */
  function nearest([lng, lat], among = services) {
    const away = (one) => map.distance([lat, lng], [one.lat, one.lon]);
    return among.reduce((best, one) => (best && away(best) <= away(one) ? best : one), null)?.id;
  }
  const profile = () => map.tesoma.state.profile;
  const button = (name) => document.querySelector('[data-does="' + name + '"]');

  function pick(next) {
    tool = tool === next ? null : next;
    for (const one of document.querySelectorAll("[data-tool]")) one.setAttribute("aria-pressed", String(one.dataset.tool === tool));
    if (tool) draw.begin(TOOLS[tool].shape, TOOLS[tool].corners);
    else draw.end();
    stops.clearLayers();
    if (tool === "stop") for (const { lon, lat } of transit.stops) L.circleMarker([lat, lon], { className: "stop", radius: 6, weight: 3, color: map.tesoma.state.colours.plan, fillOpacity: 0, interactive: false }).addTo(stops);
    place("drawing").textContent = word(!tool ? "plan.how" : room.words["plan.draw_" + tool] ? "plan.draw_" + tool : "plan.draw_" + TOOLS[tool].shape);
  }
  function drawn(places, shape) {
    line = places;
    const least = shape === "line" ? 2 : 1;
    button("finish").disabled = !tool || places.length < least;
    button("cancel").disabled = !tool;
    if (tool && shape === "line" && !TOOLS[tool].corners && places.length >= least) foresee(places);
    if (tool && TOOLS[tool].section === "links" && places.length) snap(places);
    else if (joints) joints.clearLayers();
    if (places.length === (shape === "point" ? 1 : tool && TOOLS[tool].corners)) finish();
  }
  async function snap(places) {
    const mine = ++snapping, { ok, told } = await room.ask("POST", "snap", { line: places });
    if (!ok || mine !== snapping || !tool) return;
    joints.clearLayers();
    const ends = places.length > 1 ? told.ends : told.ends.slice(0, 1);
    ends.forEach(({ joins, place: [lng, lat] }) => L.circleMarker([lat, lng], { className: joins ? "joins" : "loose", radius: 10, weight: 3, fill: false, color: map.tesoma.state.colours[joins ? "voice" : "hub"] }).addTo(joints));
    place("drawing").textContent = ends.every((end) => end.joins) ? word("plan.joins") : word("plan.loose");
  }
  const drawnChange = (places) => {
    const { section, entry, also } = TOOLS[tool];
    return { section, kind: tool, entry: entry(places), also: also ? also(places) : [], name: room.written("name") };
  };
  /* What is being drawn is computed already, so that its answer is there when it is done. */
  const foresee = (places) => room.ask("POST", "alternatives/" + alternative + "/try?profile=" + encodeURIComponent(TOOLS[tool].rides ? ridersProfile() : profile()), drawnChange(places));
  async function finish() {
    if (!tool || !line.length) return;
    const { shape, corners, rides } = TOOLS[tool], content = drawnChange(line);
    draw.begin(shape, corners);
    if (rides) ride();
    room.empty("name");
    await change("POST", "/changes", content);
  }

  /** Changes the plan, and shows what it does; an answer that is out of date is passed over. */
  async function change(method, path, content) {
    const mine = ++turn, begun = performance.now();
    const answer = await room.wish(method, "alternatives/" + alternative + path + "?profile=" + encodeURIComponent(profile()), content);
    if (!answer.ok || mine !== turn) return;
    tell(answer.told);
    /* Once every tile is painted, and the frame with them is there. */
    tesoma.whenIdle(() => requestAnimationFrame(() => {
      tesoma.took = performance.now() - begun;
      place("took").textContent = word("plan.took", { n: Math.round(tesoma.took) });
    }));
  }
  function tell(plan) {
    newest = Math.max(0, ...plan.changes.map((one) => one.number));
    const empty = !plan.changes.some((one) => one.on);
    tesoma.showPlan(map, plan.profile, empty ? null : plan.map);
    changes.show(plan.map.places);
    tesoma.tellEffect(place("effect"), plan);
    button("undo").disabled = !plan.undo;
    button("redo").disabled = !plan.redo;
    place("changes").replaceChildren(...plan.changes.map((one) => make("li", null, {},
      make("label", null, { class: "check" }, check(one), make("span", room.told(one.name) || word("tool." + one.kind) + " " + one.number)),
      make("button", word("plan.remove"), { type: "button", onclick: () => change("DELETE", "/changes/" + one.number) }))));
    document.body.dataset.plan = String(turn);
  }
  /** Every alternative with changes, in figures and as a small map of what it wins and loses. */
  async function sideBySide() {
    const box = place("side"), { ok, told } = await room.wish("GET", "alternatives?profile=" + encodeURIComponent(profile()));
    if (!ok) return;
    const canvases = told.alternatives.map((plan) => make("canvas", null, { width: 240, height: 200, role: "img", "aria-label": word("plan.gains_of", { name: plan.alternative.toUpperCase() }) }));
    box.replaceChildren(
      told.alternatives.length ? tesoma.sideTable(told.alternatives) : make("p", word("plan.no_changes"), { class: "note" }),
      make("div", null, { class: "tools" }, ...told.alternatives.map((plan, i) => make("figure", null, {}, canvases[i], make("figcaption", plan.alternative.toUpperCase())))));
    told.alternatives.forEach((plan, i) => tesoma.gainsPicture(canvases[i], map, plan.profile, plan.map));
    box.hidden = false;
  }
  /** Shows on the map either minutes or what the plan wins and loses. */
  function showGains(on) {
    const { cells, difference, isochrones } = map.tesoma.layers;
    for (const layer of [cells, isochrones]) if (on) map.removeLayer(layer); else map.addLayer(layer);
    if (on) map.addLayer(difference); else map.removeLayer(difference);
    button("gains").setAttribute("aria-pressed", String(on));
    place("legend-gains").hidden = !on;
  }
  function check(one) {
    const input = make("input", null, { type: "checkbox", onchange: () => change("PUT", "/changes/" + one.number + "/on", { on: input.checked }) });
    input.checked = one.on;
    return input;
  }
  function choose(name) {
    alternative = name;
    place("alternatives").replaceChildren(...NAMES.map((one) => make("button", one.toUpperCase(), { type: "button", "aria-pressed": String(one === name), onclick: () => choose(one) })));
    change("GET", "");
  }
  /* Lines and points that a plan changes. */
  function changesOn() {
    const group = L.featureGroup().addTo(map), at = (xy, i) => map.unproject([xy[i], xy[i + 1]], tesoma.ZOOM);
    return {
      show(packed) {
        group.clearLayers();
        const look = { className: "change", color: map.tesoma.state.colours.plan, weight: 6 };
        const { xy, start, length } = packed.lines ? tesoma.lines(packed.lines) : { length: 0 };
        for (let i = 0; i < length; i++) {
          const places = [];
          for (let j = start[i]; j < start[i + 1]; j += 2) places.push(at(xy, j));
          L.polyline(places, { ...look, dashArray: packed.of_line[i][0] === "closed" ? "4 8" : null }).addTo(group);
        }
        const points = packed.xy ? tesoma.integers(packed.xy) : [];
        for (let i = 0; i < points.length; i += 2) L.circleMarker(at(points, i), { ...look, radius: 9, fillOpacity: 0.8 }).addTo(group);
      },
    };
  }
  /* A missing link that a resident drew becomes a path of the plan. */
  const take = (item) => change("POST", "/changes", { section: "links", kind: "path", entry: { line: item.geometry.coordinates, tags: PATH }, name: "" });
  function tellOthers(items) {
    shown.show(items);
    place("others").replaceChildren(...items.map((item) => make("li", null, {},
      make("strong", [named("voice", item.kind), named("topic", item.theme)].filter(Boolean).join(" · ")), make("span", item.text || ""),
      item.kind === "missing_link" && item.geometry.type === "LineString" ? make("button", word("plan.take"), { type: "button", onclick: () => take(item) }) : null)));
    if (!items.length) place("others").append(make("li", word("others.none")));
  }

  room.starters.push(async function () {
    if (map) return;
    map = await tesoma.drawMap();
    const { told } = await room.ask("GET", "services");
    services = told.services || [];
    transit = told.transit;
    stops = L.featureGroup().addTo(map);
    for (const kind of ["headway", "end_line"]) button(kind)?.addEventListener("click", () => changeLine(kind));
    place("code").textContent = told.code.replaceAll("-", " ");
    place("qr").src = told.qr;
    place("qr").hidden = false;
    tesoma.gainsLayer(map);
    button("gains").addEventListener("click", () => showGains(!map.hasLayer(map.tesoma.layers.difference)));
    button("side").addEventListener("click", sideBySide);
    joints = L.featureGroup().addTo(map);
    changes = changesOn();
    shown = tesoma.shapesOn(map, "shown", (item) => [named("voice", item.kind), item.text]);
    draw = tesoma.drawer(map, drawn);
    for (const one of document.querySelectorAll("[data-tool]")) one.addEventListener("click", () => pick(one.dataset.tool));
    button("finish").addEventListener("click", finish);
    button("cancel").addEventListener("click", () => pick(tool));
    button("undo").addEventListener("click", () => change("POST", "/undo"));
    button("redo").addEventListener("click", () => change("POST", "/redo"));
    map.on("dblclick", () => tool && TOOLS[tool].shape === "line" && finish());
    map.on("tesoma:change", () => change("GET", ""));
    map.doubleClickZoom.disable();
    choose("a");
  });
  room.heard.push(function (name, content) {
    if (name === "room" && shown) tellOthers(content.shown);
    if (name === "shown" && shown) tellOthers(content.items);
  });
})(window.tesoma);
