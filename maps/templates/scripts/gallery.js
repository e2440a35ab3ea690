/* The gallery speaks with its first map as a host page would. */
(function () {
  "use strict";

  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copies]")) {
      const code = button.closest("section").querySelector("pre code").textContent, told = button.nextElementSibling;
      button.hidden = false;
      button.addEventListener("click", () =>
        navigator.clipboard.writeText(code).then(() => { told.textContent = told.dataset.told; }, () => { told.textContent = code; }));
    }
  }

  const frame = document.getElementById("spoken-to"), log = document.getElementById("heard");
  if (!frame) return;
  const say = (message) => frame.contentWindow.postMessage(message, location.protocol === "file:" ? "*" : location.origin);
  frame.addEventListener("load", () => say({ tesoma: "hello" }));
  say({ tesoma: "hello" });
  for (const button of document.querySelectorAll("[data-says]")) {
    button.addEventListener("click", () => say(JSON.parse(button.dataset.says)));
  }
  window.addEventListener("message", function (event) {
    if (event.source === frame.contentWindow) log.textContent = JSON.stringify(event.data);
  });
})();
