/* On a narrow screen what is told of a home is a sheet over the map's foot, so that the way and the minutes of every way of
   moving are seen together. Its head is a button: pressed, or pulled up, it opens the rest; Escape folds it again. It rests
   below the map as soon as that is scrolled past, and nothing of it moves by itself. */
(function (tesoma) {
  "use strict";

  /* So far a finger goes before it pulls, in pixels. */
  const PULLED_PX = 24;
  /* A line more that the sheet may need when what lies between is known, in pixels. */
  const LINE_PX = 20;

  const sheetOf = (map) => map.tesoma.frame.querySelector(".map-answer");
  const headOf = (map) => sheetOf(map) && sheetOf(map).querySelector(".answer-told");
  /** Whether it is one: a wide screen has what it tells below the map. */
  const isSheet = (map) => Boolean(headOf(map) && headOf(map).offsetHeight);

  function open(map, wish) {
    const sheet = sheetOf(map);
    sheet.classList.toggle("open", wish);
    sheet.scrollTop = 0;
    headOf(map).setAttribute("aria-expanded", String(wish));
    /* As a whole, where the page begins above it. */
    if (wish) sheet.scrollIntoView({ block: "nearest" });
  }

  /** Brings the map into view, with the folded sheet below it where the screen has room for both. */
  tesoma.seeAnswer = function (map) {
    const element = map.getContainer();
    if (headOf(map)) open(map, false);
    element.style.scrollMarginBottom = isSheet(map) ? sheetOf(map).offsetHeight + LINE_PX + "px" : "";
    element.scrollIntoView({ block: "nearest" });
    /* The screen's edge cuts no search field: all of it has gone then. */
    const { top, bottom } = map.tesoma.frame.querySelector(".map-search").getBoundingClientRect();
    if (top < 0 && bottom > 0) scrollBy(0, Math.ceil(bottom));
  };

  /** A place that was pressed, or what is told of it, lies below the sheet. */
  function hides(map, point) {
    const element = map.getContainer(), tip = element.querySelector(".leaflet-tooltip");
    const lowest = Math.max(element.getBoundingClientRect().top + point.y, tip ? tip.getBoundingClientRect().bottom : 0);
    return isSheet(map) && lowest > sheetOf(map).getBoundingClientRect().top;
  }

  tesoma.mapStarters.push(function (map) {
    const sheet = sheetOf(map), head = headOf(map);
    if (!head) return;
    const isOpen = () => sheet.classList.contains("open");
    let from = null, pulled = false;
    head.addEventListener("pointerdown", function (event) {
      [from, pulled] = [event.clientY, false];
      head.setPointerCapture(event.pointerId);
    });
    head.addEventListener("pointermove", function ({ clientY }) {
      if (from === null || Math.abs(clientY - from) < PULLED_PX) return;
      open(map, clientY < from);
      [from, pulled] = [null, true];
    });
    for (const kind of ["pointerup", "pointercancel"]) head.addEventListener(kind, () => { from = null; });
    head.addEventListener("click", function ({ detail }) {
      /* The end of a pull is no press. */
      if (!(pulled && detail)) open(map, !isOpen());
      pulled = false;
    });
    const fold = function ({ key }) {
      if (key !== "Escape" || !isOpen() || !isSheet(map)) return;
      if (sheet.contains(document.activeElement)) head.focus();
      open(map, false);
    };
    document.addEventListener("keydown", fold);
    map.on("unload", () => document.removeEventListener("keydown", fold));
    map.on("click", function ({ containerPoint, apart }) {
      if (!apart && containerPoint && hides(map, containerPoint)) tesoma.seeAnswer(map);
    });
  });
})(window.tesoma);
