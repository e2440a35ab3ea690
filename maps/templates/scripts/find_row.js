/* Looking for a name in all tables and subjects of a page: what is found leads there, folded or not. */
(function (tesoma) {
  "use strict";

  const FOUND_AT_MOST = 8;

  /** Everything that can be found: headings of subjects, then rows, each with the words that it is found by. */
  function places(page) {
    const subjects = [...page.querySelectorAll("section > h2")].map((head) =>
      ({ place: head.parentElement, text: head.textContent.trim(), words: "" }));
    const rows = [...page.querySelectorAll(".data-table")].flatMap(function (box) {
      const caption = box.querySelector(".caption").textContent.trim();
      return [...box.querySelectorAll("tbody tr")].map(function (row) {
        const head = row.cells[0].firstChild.textContent.trim();
        return { place: row, text: head + " – " + caption, head, words: row.textContent };
      });
    });
    return [...subjects, ...rows].map((one) =>
      ({ ...one, head: tesoma.plain(one.head || one.text), words: tesoma.plain(one.text + " " + one.words) }));
  }

  /** Those that hold every word, the ones named so first. */
  tesoma.foundIn = function (all, text) {
    const sought = tesoma.plain(text).split(/\s+/).filter(Boolean);
    const named = ({ head }) => (sought.every((word) => head.includes(word)) ? 0 : 1);
    return sought.length ? all.filter(({ words }) => sought.every((word) => words.includes(word))).sort((a, b) => named(a) - named(b)) : [];
  };

  function lead({ place }) {
    for (const other of document.querySelectorAll(".found-here")) other.classList.remove("found-here");
    const box = place.closest(".data-table"), filter = box && box.querySelector("input[type=search]");
    if (filter && place.hidden) {
      filter.value = "";
      box.filter();
    }
    place.classList.add("found-here");
    place.tabIndex = -1;
    tesoma.reveal(place);
    place.focus({ preventScroll: true });
  }

  tesoma.beginFinding = function (page) {
    const box = page.querySelector(".find-row");
    if (!box) return;
    const input = box.querySelector("input"), list = box.querySelector("ul"), status = box.querySelector("[role=status]");
    box.classList.add("ready");
    input.addEventListener("input", function () {
      const found = tesoma.foundIn(places(page), input.value);
      status.textContent = input.value.trim() ? (found.length ? tesoma.counted(status.dataset, found.length) : status.dataset.none) : "";
      list.replaceChildren(...found.slice(0, FOUND_AT_MOST).map(function (one) {
        const item = document.createElement("li"), button = document.createElement("button");
        button.type = "button";
        button.textContent = one.text;
        button.addEventListener("click", () => lead(one));
        item.append(button);
        return item;
      }));
    });
  };
})(window.tesoma);
