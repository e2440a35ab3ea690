/* The data behind the layers: in the page itself, or in files that are asked for when they are needed. */
(function (tesoma) {
  "use strict";

  function data() {
    if (!tesoma.data) tesoma.data = JSON.parse(document.getElementById("tesoma-data").textContent);
    return tesoma.data;
  }

  /** What is known of a layer: its painter, what it needs at once, and its parts as far as they are there. */
  tesoma.dataOf = (key) => data()[key];

  /** Hands over a part of a layer's data once it is there; never when there is none. */
  tesoma.part = function (key, number, take) {
    const parts = data()[key].parts;
    if (!(number in parts)) return;
    const arrived = tesoma.expect();
    const hand = () => arrived(() => parts[number] === null || take(parts[number]));
    if (parts[number] !== null) {
      hand();
      return;
    }
    const script = document.createElement("script");
    script.src = "assets/data/" + key + "-" + number + ".js";
    script.onload = script.onerror = hand;
    document.head.append(script);
  };

  /** What the files of parts call. */
  tesoma.arrive = function (key, number, part) {
    data()[key].parts[number] = part;
  };
})(window.tesoma);
