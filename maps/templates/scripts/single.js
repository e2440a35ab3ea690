/* All pages in one file: a link between them shows another of the templates that stand in it. */
(function (tesoma) {
  "use strict";

  const holder = document.getElementById("page"), pages = new Map();
  for (const template of document.querySelectorAll("template[data-file]")) pages.set(template.dataset.file, template);

  function start(template) {
    if (holder.dataset.file === template.dataset.file && !tesoma.current) tesoma.starts[template.dataset.language]();
  }

  function begin(template) {
    document.documentElement.lang = template.dataset.language;
    document.title = template.dataset.title;
    tesoma.beginTables(holder);
    tesoma.beginFinding(holder);
    /* The words are drawn first. */
    if ("map" in template.dataset) requestAnimationFrame(() => setTimeout(() => start(template)));
  }

  function open(file) {
    const template = pages.get(file);
    if (!template || holder.dataset.file === file) return;
    if (tesoma.current) tesoma.current.remove();
    tesoma.current = null;
    holder.dataset.file = file;
    holder.replaceChildren(template.content.cloneNode(true));
    begin(template);
    window.scrollTo(0, 0);
  }

  const asked = () => tesoma.urlParameters().get("page");

  /** Goes to the place of a page that the address names. */
  function arrive() {
    tesoma.reveal(document.getElementById(tesoma.urlParameters().get("place")));
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href]"), [file, place] = ((link && link.getAttribute("href")) || "").split("#");
    if (!pages.has(file)) return;
    event.preventDefault();
    /* Another language shows the same view, as it does between files. */
    const parts = link.hasAttribute("hreflang") ? tesoma.urlParameters() : new URLSearchParams();
    parts.set("page", file);
    parts.delete("place");
    if (place) parts.set("place", place);
    location.hash = parts.toString();
  });
  window.addEventListener("hashchange", function () {
    if (!asked()) return;
    open(asked());
    arrive();
  });
  if (pages.has(asked()) && asked() !== holder.dataset.file) open(asked());
  else begin(pages.get(holder.dataset.file));
  arrive();
})(window.tesoma);
