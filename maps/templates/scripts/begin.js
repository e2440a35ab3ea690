/* The words are read first: scripts of map and tables come once the page has been drawn, in their order. What a host page
   says to a frame until then is kept for them. */
window.tesoma = window.tesoma || {};
(function (tesoma, wanted) {
  "use strict";

  tesoma.said = [];
  window.addEventListener("message", (event) => { if (tesoma.said) tesoma.said.push(event); });

  function load() {
    for (const address of wanted) {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      document.head.append(script);
    }
  }
  requestAnimationFrame(() => setTimeout(load));
})(window.tesoma, document.currentScript.dataset.scripts.split(" "));
