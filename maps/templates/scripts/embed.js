/* The map in another page's frame: its look from the address, and messages with the page around it. */
(function (tesoma) {
  "use strict";

  const CONTROLS = ["all", "legend", "none"];
  const THEMES = ["light", "dark", "auto"];
  const PROPERTY = /^(map|ramp|frame)-[a-z0-9_]{1,20}$/, COLOUR = /^[0-9a-f]{6}$/i;

  /* What a host has asked for: colours of both themes, of each, and the theme. */
  const asked = { both: {}, light: {}, dark: {}, theme: "auto" };
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** Colours by the names of the style sheet's custom properties (map-land, ramp-0, frame-accent), of one theme as
      `dark: {"map-land": …}` or "dark.map-land". */
  function colour(map, colours) {
    for (const [name, value] of Object.entries(colours)) {
      const [theme, property] = /^(light|dark)\./.test(name) ? name.split(".") : ["both", name];
      if (["light", "dark"].includes(name) && value !== null && typeof value === "object") {
        for (const one of Object.keys(value)) keep(name, one, value[one]);
      } else keep(theme, property, value);
    }
    dress(map);
  }

  function keep(theme, property, value) {
    const hex = String(value).replace("#", "");
    if (PROPERTY.test(property) && COLOUR.test(hex)) asked[theme][property] = "#" + hex;
  }

  /** The colours of the theme that the reader sees. */
  function dress(map) {
    const seen = asked.theme === "auto" ? (dark.matches ? "dark" : "light") : asked.theme;
    const { style } = document.documentElement, worn = { ...asked.both, ...asked[seen] };
    for (const property of Object.keys({ ...asked.light, ...asked.dark })) if (!worn[property]) style.removeProperty("--" + property);
    for (const [property, hex] of Object.entries(worn)) style.setProperty("--" + property, hex);
    tesoma.recolour(map);
  }

  function controls(map, wish) {
    if (!CONTROLS.includes(wish)) return;
    map.tesoma.frame.classList.toggle("legend-only", wish === "legend");
    map.tesoma.frame.classList.toggle("bare", wish === "none");
    map.invalidateSize();
  }

  /** Light or dark whatever the reader's system says; "auto" follows it. Each theme has a sheet that waits for it. */
  function theme(map, wish) {
    if (!THEMES.includes(wish)) return;
    for (const link of document.querySelectorAll("link[data-theme]")) {
      link.media = link.dataset.theme === wish ? "all" : "not all";
      if (!link.sheet) link.addEventListener("load", () => tesoma.recolour(map), { once: true });
    }
    document.documentElement.style.colorScheme = wish === "auto" ? "" : wish;
    asked.theme = wish;
    dress(map);
  }

  /** Light or dark as the land that a host has chosen for both: letters, their rims and buildings go with it. */
  function themeOf(colours) {
    if (Object.keys(colours || {}).some((name) => /^(light|dark)(\.|$)/.test(name))) return undefined;
    const hex = String((colours || {})["map-land"] || "").replace("#", "");
    if (!COLOUR.test(hex)) return undefined;
    const [red, green, blue] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110 ? "dark" : "light";
  }

  function bounds(map, wish) {
    const [west, south, east, north] = Array.isArray(wish) ? wish.map(Number) : [];
    const sound = west < east && south < north && Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90;
    if (!sound) return;
    const corners = L.latLngBounds([[south, west], [north, east]]);
    tesoma.fitMiddle(map, corners.getCenter(), () => map.fitBounds(corners, { animate: false }));
  }

  function apply(map, view) {
    if (view === null || typeof view !== "object") return;
    controls(map, view.controls);
    theme(map, view.theme || themeOf(view.colours));
    bounds(map, view.bounds);
    if (view.colours !== null && typeof view.colours === "object") colour(map, view.colours);
    tesoma.applyView(map, view);
  }

  /* What a host says before the map stands is heard once it does, also what came before this script. */
  let hear = null;
  const said = tesoma.said || [];
  tesoma.said = null;
  window.addEventListener("message", function (event) {
    if (hear) hear(event);
    else said.push(event);
  });

  tesoma.mapStarters.push(function (map) {
    const parts = tesoma.urlParameters(), colours = {};
    for (const [name, value] of parts) if (name.startsWith("colour.")) colours[name.slice(7)] = value;
    controls(map, parts.get("controls"));
    theme(map, parts.get("theme") || themeOf(colours));
    if (parts.has("bounds")) bounds(map, parts.get("bounds").split(","));
    colour(map, colours);
    tesoma.applyView(map, tesoma.viewFromParameters(parts));

    dark.addEventListener("change", () => dress(map));

    /* Nothing is told to a page that has not greeted: it learns of clicks only then. */
    let host = null;
    const tell = function (kind, content) {
      if (host) window.parent.postMessage({ tesoma: kind, ...content }, host);
    };
    /* One message for all that changes at once, and none where the view is as it was. */
    let told = "", changed = false;
    const tellView = function () {
      changed = false;
      const view = tesoma.viewOf(map), text = JSON.stringify(view);
      if (text !== told) tell("view", { view });
      told = text;
      return view;
    };
    /* As high as its content: a map that fills its frame would grow for ever. */
    let followed = false;
    const followHeight = function () {
      if (followed) return;
      followed = true;
      map.tesoma.frame.classList.add("auto-height");
      map.invalidateSize();
      const content = document.querySelector("main");
      new ResizeObserver(() => tell("height", { height: Math.ceil(content.getBoundingClientRect().bottom) })).observe(content);
    };
    hear = function ({ source, origin, data }) {
      if (source !== window.parent || window.parent === window || !data) return;
      if (data.tesoma === "hello") {
        host = origin === "null" ? "*" : origin;
        if (data.autoHeight === true) followHeight();
        const profiles = Object.keys(map.tesoma.state.words.profiles);
        const departures = tesoma.clocks(map);
        const view = tesoma.viewOf(map);
        told = JSON.stringify(view);
        tell("ready", { title: document.title, view, profiles, layers: tesoma.keys(map), departures });
      } else if (data.tesoma === "set") {
        apply(map, data.view);
        const view = tellView();
        if (Number.isInteger(data.id)) tell("set", { id: data.id, view });
      } else if (data.tesoma === "setDeparture" && typeof data.clock === "string") {
        tesoma.applyView(map, { departure: data.clock });
      }
    };
    said.splice(0).forEach(hear);
    map.on("tesoma:change moveend", function () {
      if (!changed) queueMicrotask(tellView);
      changed = true;
    });
    map.on("tesoma:pointed", ({ latlng, lines }) =>
      tell("click", { lat: Number(latlng.lat.toFixed(5)), lon: Number(latlng.lng.toFixed(5)), told: lines }));
  });
})(window.tesoma);
