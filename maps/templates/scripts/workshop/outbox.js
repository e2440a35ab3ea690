/* What a phone says: kept until it is sent, sent once. Nothing is stored on the phone unless its owner agreed. */
(function (tesoma) {
  "use strict";

  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  tesoma.outbox = function (session, changed) {
    const name = "tesoma-workshop:" + session;
    let kept = null, sending = false, wait = 1000, timer = 0;
    try { kept = JSON.parse(localStorage.getItem(name)); } catch { /* Stored by nobody, or not to be read. */ }
    const agreed = Boolean(kept && kept.device);
    const box = { device: agreed ? kept.device : random(), waiting: (agreed && kept.waiting) || [], mine: (agreed && kept.mine) || [], agreed };

    function store() {
      try {
        if (box.agreed) localStorage.setItem(name, JSON.stringify({ device: box.device, waiting: box.waiting, mine: box.mine }));
        else localStorage.removeItem(name);
      } catch { /* No room, or forbidden: it stays in the page. */ }
    }
    function now() {
      store();
      changed(box);
    }
    async function send() {
      clearTimeout(timer);
      if (sending) return;
      sending = true;
      let again = false;
      for (const item of [...box.waiting]) {
        if (item.refused) continue;
        const { status, told } = await tesoma.room.ask("POST", "annotations", item.post);
        if (status === 201 || status === 200) {
          box.mine.push({ id: item.post.id, post: item.post });
          box.waiting = box.waiting.filter((other) => other !== item);
        } else if (status === 410) box.waiting = box.waiting.filter((other) => other !== item);
        else if (status === 422 || status === 413) item.refused = told.problem || String(status);
        else {
          again = true;
          item.held = status === 409;
          break;
        }
        now();
      }
      sending = false;
      wait = again ? Math.min(2 * wait, 30000) : 1000;
      if (again) timer = setTimeout(send, wait);
      changed(box);
    }
    addEventListener("online", () => { wait = 1000; send(); });
    return Object.assign(box, {
      send,
      add(post) {
        const whole = { id: random(), ...post };
        box.waiting.push({ post: whole });
        now();
        send();
        return whole;
      },
      agree(wish) {
        box.agreed = wish;
        now();
      },
      async takeBack(id) {
        box.waiting = box.waiting.filter((item) => item.post.id !== id);
        const { ok } = await tesoma.room.wish("DELETE", "annotations/" + id);
        if (ok) box.mine = box.mine.filter((item) => item.id !== id);
        now();
      },
      async forget() {
        const { ok } = await tesoma.room.wish("DELETE", "me");
        if (!ok) return;
        box.waiting = [];
        box.mine = [];
        /* Whoever took everything back is nobody the server knows; a new word needs a new key. */
        box.device = tesoma.room.device = random();
        now();
      },
    });
  };
})(window.tesoma);
