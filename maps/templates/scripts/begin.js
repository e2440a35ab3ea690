/* The words are read first: scripts of map and tables come once the page has been drawn, in their order. */
(function (wanted) {
  "use strict";

  function load() {
    for (const address of wanted) {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      document.head.append(script);
    }
  }
  requestAnimationFrame(() => setTimeout(load));
})(document.currentScript.dataset.scripts.split(" "));
