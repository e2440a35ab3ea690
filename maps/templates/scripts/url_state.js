/* The view in the address, #at=zoom/lat/lon&profile=…&departure=…&home=lat,lon&show=…: who shares the address shares the view. */
(function (tesoma) {
  "use strict";

  /** The address's parts; an anchor within the page (#figures) has none. */
  tesoma.urlParameters = function () {
    const text = location.hash.slice(1);
    return new URLSearchParams(text.includes("=") ? text : "");
  };

  /** What a view asks for, from the parts of an address; nonsense is left out. */
  tesoma.viewFromParameters = function (parts) {
    const wish = {}, at = (parts.get("at") || "").split("/").map(Number);
    if (at.length === 3) wish.at = at;
    for (const name of ["profile", "season", "departure"]) if (parts.has(name)) wish[name] = parts.get(name);
    const home = (parts.get("home") || "").split(",").map(Number);
    if (home.length === 2 && Math.abs(home[0]) <= 90 && Math.abs(home[1]) <= 180) wish.home = home;
    if (parts.has("hide")) wish.hide = parts.get("hide").split(",");
    if (parts.has("show")) wish.show = parts.get("show").split(",");
    return wish;
  };

  /** The layer that a name means; saved addresses may have the number of a kind (services_0), as names were once. */
  function keyOf(map, name) {
    const [, group, number] = /^(services_|voices_)(\d{1,3})$/.exec(name) || [];
    return group ? tesoma.keys(map).filter((key) => key.startsWith(group))[number] : name;
  }

  const namesIn = (list) => (Array.isArray(list) ? list.map(String).filter(Boolean) : []);

  /** Brings a map to a view: at (zoom, latitude, longitude), profile, season, departure, layers to show alone or to hide. */
  tesoma.applyView = function (map, wish) {
    const { state } = map.tesoma;
    const [zoom, lat, lon] = Array.isArray(wish.at) ? wish.at.map(Number) : [];
    if (zoom > 0 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180) {
      tesoma.fitMiddle(map, [lat, lon], () => map.setView([lat, lon], zoom, { animate: false }));
    }
    if (typeof wish.profile === "string" && wish.profile !== state.profile) tesoma.choose(map, wish.profile);
    if ("season" in wish || "departure" in wish) tesoma.setTime(map, wish);
    if (Array.isArray(wish.home)) tesoma.lookAtHome(map, wish.home);
    const keys = tesoma.keys(map), show = namesIn(wish.show), shown = show.map((name) => keyOf(map, name)).filter((key) => keys.includes(key));
    /* Of names that are none nothing is left: what is shown stays, as with any wish that is not understood. */
    if (Array.isArray(wish.show) && (shown.length || !show.length)) for (const key of keys) tesoma.toggle(map, key, shown.includes(key));
    for (const name of namesIn(wish.hide)) if (keys.includes(keyOf(map, name))) tesoma.toggle(map, keyOf(map, name), false);
  };

  /* Layers that are always there: the hub, what the search knows, and where the files end. */
  const ALWAYS = ["hub", "places", "unmapped"];

  /** Layers that the reader may show and hide. */
  tesoma.keys = (map) => Object.keys(map.tesoma.layers).filter((key) => !ALWAYS.includes(key) && !key.endsWith("_after"));

  function hidden(map) {
    return tesoma.keys(map).filter((key) => !map.hasLayer(map.tesoma.layers[key]));
  }

  /** The view of a map as it is, for an address or a host page. */
  tesoma.viewOf = function (map) {
    const { lat, lng } = map.getCenter(), { state } = map.tesoma, departure = tesoma.clocks(map)[state.departure] || "";
    return {
      at: [Math.round(map.getZoom() * 10) / 10, Number(lat.toFixed(5)), Number(lng.toFixed(5))],
      profile: state.profile, season: state.season, departure, hide: hidden(map),
    };
  };

  tesoma.mapStarters.push(function (map) {
    const follow = () => tesoma.applyView(map, tesoma.viewFromParameters(tesoma.urlParameters()));
    window.addEventListener("hashchange", follow);
    /* Kept out of the browser's history: "back" leaves the page, it does not undo a move of the map. */
    let used = false;
    const shown = () => tesoma.keys(map).filter((key) => map.hasLayer(map.tesoma.layers[key])).join();
    const usual = shown();
    follow();
    for (const kind of ["pointerdown", "keydown", "wheel"]) {
      map.tesoma.frame.addEventListener(kind, () => { used = true; }, { capture: true, passive: true });
    }
    const write = function () {
      if (!used || tesoma.current !== map) return;
      const parts = tesoma.urlParameters(), view = tesoma.viewOf(map), { state } = map.tesoma;
      parts.set("at", view.at.join("/"));
      parts.set("profile", view.profile);
      for (const [name, usual] of [["season", "summer"], ["departure", ""]]) {
        if (view[name] === usual) parts.delete(name);
        else parts.set(name, view[name]);
      }
      if (state.home) parts.set("home", state.home.lat.toFixed(5) + "," + state.home.lng.toFixed(5));
      else parts.delete("home");
      parts.delete("hide");
      if (shown() === usual) parts.delete("show");
      else parts.set("show", shown());
      const text = parts.toString().replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":");
      history.replaceState(null, "", "#" + text);
    };
    map.on("tesoma:change moveend", write);
    map.on("unload", () => window.removeEventListener("hashchange", follow));
    /* Another language shows the same view; in one file of all pages the address says which page it is. */
    if (tesoma.starts) return;
    for (const link of document.querySelectorAll("nav a[hreflang]")) {
      link.addEventListener("click", () => { if (tesoma.current === map) link.hash = location.hash; });
    }
  });
})(window.tesoma);
