/* On a touch screen one finger scrolls the page and two move the map; a hint says so. On the whole screen one is enough. */
(function (tesoma) {
  "use strict";

  /* So long the hint stays, in milliseconds. */
  const HINT_MS = 1800;

  tesoma.mapStarters.push(function (map) {
    if (!window.matchMedia("(pointer: coarse)").matches) return;
    const container = map.getContainer(), hint = L.DomUtil.create("p", "touch-hint", container);
    hint.setAttribute("aria-hidden", "true");
    hint.hidden = true;
    let timer = null, start = null;
    const whole = () => document.fullscreenElement !== null;
    const follow = function () {
      if (whole()) map.dragging.enable();
      else map.dragging.disable();
      hint.hidden = true;
    };
    const show = function () {
      hint.textContent = map.tesoma.state.words.two_fingers;
      hint.hidden = false;
      clearTimeout(timer);
      timer = setTimeout(() => { hint.hidden = true; }, HINT_MS);
    };
    container.addEventListener("touchstart", function ({ touches }) {
      start = touches.length === 1 ? touches[0] : null;
      if (!start) hint.hidden = true;
    }, { passive: true });
    container.addEventListener("touchmove", function ({ touches }) {
      /* A tap trembles; a swipe over the map was meant for it or for the page. */
      if (whole() || !start || touches.length > 1) return;
      if (Math.hypot(touches[0].clientX - start.clientX, touches[0].clientY - start.clientY) > 24) show();
    }, { passive: true });
    /* The browser scrolls the page with the finger, and says no more of where it is. */
    container.addEventListener("touchcancel", () => { if (start && !whole()) show(); }, { passive: true });
    document.addEventListener("fullscreenchange", follow);
    follow();
  });
})(window.tesoma);
