/* What is folded opens where an address leads into it. */
(function (tesoma) {
  "use strict";

  tesoma.reveal = function (place) {
    if (!place) return;
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    place.scrollIntoView();
    /* Tables that were folded have another height once they are fitted. */
    requestAnimationFrame(() => requestAnimationFrame(() => place.scrollIntoView()));
  };
  const follow = () => tesoma.reveal(document.getElementById(location.hash.slice(1)));
  window.addEventListener("hashchange", follow);
  if (location.hash) follow();
})(window.tesoma);
