/* The gallery speaks with its first map as a host page would. */
(function () {
  "use strict";

  /* The address of the site, where the pages do not know it: asked once, and put in all codes. */
  const asked = document.querySelector(".own-address");

  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copies]")) {
      const code = button.closest("section").querySelector("pre code"), told = button.nextElementSibling;
      const copied = () => (asked && !asked.classList.contains("given") ? told.dataset.told + " " + asked.nextElementSibling.textContent : told.dataset.told);
      button.hidden = false;
      button.addEventListener("click", () =>
        navigator.clipboard.writeText(code.textContent).then(() => { told.textContent = copied(); }, () => { told.textContent = code.textContent; }));
    }
  }

  if (asked) {
    const codes = [...document.querySelectorAll("section > details.code code")].map((code) => [code, code.textContent]);
    asked.classList.add("ready");
    asked.querySelector("input").addEventListener("input", function ({ target }) {
      const given = target.value.trim().replace(/\/+$/, ""), sound = /^https?:\/\/[^\s"'<>&]+$/.test(given);
      asked.classList.toggle("given", sound);
      for (const [code, text] of codes) code.textContent = text.replaceAll(asked.dataset.somewhere, sound ? given : asked.dataset.somewhere);
    });
  }

  /* A map is asked for where it is seen soon; browsers ask for lazy frames of several screens at once, so that none is
     drawn before all have come. */
  const near = new IntersectionObserver(function (seen) {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      if (target.dataset.map) new window.TesomaMap(target, JSON.parse(target.dataset.map));
      else target.src = target.dataset.src;
    }
  }, { rootMargin: "25%" });
  for (const place of document.querySelectorAll("[data-map], iframe[data-src]")) near.observe(place);

  /* On paper a map in a frame says nothing, its code does. */
  const folded = Array.from(document.querySelectorAll("section > details.code")).filter(({ open }) => !open);
  addEventListener("beforeprint", () => folded.forEach((code) => { code.open = true; }));
  addEventListener("afterprint", () => folded.forEach((code) => { code.open = false; }));

  const frame = document.getElementById("spoken-to"), log = document.getElementById("heard"), raw = document.getElementById("heard-raw");
  if (!frame) return;
  const words = JSON.parse(log.dataset.words);
  /* In words what a message says; one of heights says nothing to a reader. */
  function inWords({ tesoma: kind, view, told }) {
    if (kind === "ready") return words.ready;
    if (kind === "view") return words.view + " " + [words.profiles[view.profile], view.departure || words.seasons[view.season]].filter(Boolean).join(", ");
    if (kind === "click") return words.click + " " + [told].flat().join(", ");
    return "";
  }
  const say = (message) => frame.contentWindow.postMessage(message, location.protocol === "file:" ? "*" : location.origin);
  frame.addEventListener("load", () => say({ tesoma: "hello" }));
  say({ tesoma: "hello" });
  for (const button of document.querySelectorAll("[data-says]")) {
    button.addEventListener("click", () => say(JSON.parse(button.dataset.says)));
  }
  window.addEventListener("message", function (event) {
    if (event.source !== frame.contentWindow || !event.data) return;
    log.textContent = inWords(event.data) || log.textContent;
    raw.textContent = JSON.stringify(event.data);
  });
})();
