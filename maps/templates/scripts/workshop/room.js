/* What the faces of a workshop share: the key from the address, requests, events, and texts that stay texts. */
window.tesoma = window.tesoma || {};
(function (tesoma) {
  "use strict";

  const page = JSON.parse(document.getElementById("workshop-page").textContent);
  const room = (tesoma.room = { ...page, device: null, face: document.body.dataset.face });
  const starters = [];

  /** An element that the template has a place for. */
  room.place = (name) => document.querySelector('[data-place="' + name + '"]');
  room.word = (key, values) => (tesoma.filled ? tesoma.filled(room.words[key] || key, values || {}) : room.words[key] || key);
  room.named = (group, code) => (page.named[group] && page.named[group][code]) || code || "";
  /** Words in the language of the page where they are told in it; what was written in one alone as it is. */
  room.told = (words) => (typeof words === "string" ? words : words[document.documentElement.lang] || Object.values(words)[0]);
  const fieldsOf = (name) => [...document.querySelectorAll('[data-words="' + name + '"]')];
  /** What stands in the fields of a name, by their languages. */
  room.written = (name) => Object.fromEntries(fieldsOf(name).map((field) => [field.lang, field.value.trim()]).filter(([, text]) => text));
  room.empty = (name) => fieldsOf(name).forEach((field) => (field.value = ""));
  room.number = (value) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 3 });

  /** An element with a text and attributes; nothing of it is ever read as markup. */
  room.make = function (tag, text, attributes, ...children) {
    const element = document.createElement(tag);
    if (text !== undefined && text !== null) element.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null) element.setAttribute(name, value);
    }
    element.append(...children.filter(Boolean));
    return element;
  };

  room.problem = function (text) {
    const place = room.place("problem");
    place.textContent = text || "";
    place.hidden = !text;
  };

  /* The fragment is sent to no server. */
  const keyOf = () => decodeURIComponent((/[#&]k=([^&]*)/.exec(location.hash) || [])[1] || "");

  function headers() {
    const told = { "X-Workshop-Key": room.key };
    if (room.device) told["X-Device-Key"] = room.device;
    return told;
  }

  /** Asks the server: its status (0 where it cannot be reached) and what it tells. */
  room.ask = async function (method, path, content) {
    const request = { method, headers: headers(), cache: "no-store" };
    if (content !== undefined) {
      request.headers["Content-Type"] = "application/json";
      request.body = JSON.stringify(content);
    }
    try {
      const answer = await fetch("api/" + path, request);
      const told = await answer.json().catch(() => ({}));
      return { status: answer.status, ok: answer.ok, told };
    } catch {
      return { status: 0, ok: false, told: {} };
    }
  };

  /** The same, and the problem is told to the person. */
  room.wish = async function (method, path, content) {
    const answer = await room.ask(method, path, content);
    if (answer.ok) room.problem();
    else if (!answer.status) room.problem(room.word("offline"));
    else room.problem([answer.told.problem, answer.told.remedy].filter(Boolean).join(". "));
    return answer;
  };

  /* Events by fetch: an EventSource cannot send the key but in its address. */
  async function listen(hear) {
    let last = "", wait = 1000;
    for (;;) {
      try {
        const answer = await fetch("api/events", { headers: { ...headers(), ...(last ? { "Last-Event-ID": last } : {}) }, cache: "no-store" });
        if (!answer.ok) throw new Error("refused");
        if (last === "") last = "0";
        else if (wait > 1000) hear("anew", {});
        wait = 1000;
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let text = "";
        for (;;) {
          const { value, done } = await reader.read();
          if (done) break;
          text += value;
          const parts = text.split("\n\n");
          text = parts.pop();
          for (const part of parts) {
            const told = {};
            for (const line of part.split("\n")) {
              const at = line.indexOf(": ");
              if (at > 0) told[line.slice(0, at)] = line.slice(at + 2);
            }
            if (told.id) last = told.id;
            if (told.event) hear(told.event, JSON.parse(told.data || "{}"));
          }
        }
      } catch { /* The room is asked again. */ }
      await new Promise((done) => setTimeout(done, wait));
      wait = Math.min(2 * wait, 15000);
    }
  }

  room.starters = starters;
  room.heard = [];

  /** What the room knows, and who is told of it. */
  room.look = async function () {
    const answer = await room.ask("GET", "room");
    if (!answer.ok) return answer;
    room.now = answer.told;
    const current = room.now.rounds.find((one) => one.name === room.now.open);
    room.round = current || null;
    room.place("round").textContent = current ? room.word("round.open", { name: current.name }) : room.word("round.none");
    for (const hear of room.heard) hear("room", room.now);
    return answer;
  };

  async function begin() {
    room.key = keyOf();
    const door = room.place("door");
    if (!room.key) {
      door.hidden = false;
      return;
    }
    const answer = await room.look();
    if (answer.status === 401 || answer.status === 403 || answer.status === 429) {
      door.hidden = false;
      room.place("room").hidden = true;
      room.problem(answer.status === 429 ? room.word("door.later") : room.word("door.wrong"));
      return;
    }
    if (!answer.ok) {
      room.problem(answer.status ? answer.told.problem : room.word("offline"));
      setTimeout(begin, 3000);
      return;
    }
    door.hidden = true;
    room.problem();
    room.place("room").hidden = false;
    for (const start of starters) await start();
    await room.look();
    listen(async function (name, content) {
      if (name === "anew" || name === "round" || name === "plan") await room.look();
      if (name === "shown" && room.now) room.now.shown = content.items;
      for (const hear of room.heard) hear(name, content);
    });
    document.body.classList.add("joined");
  }

  room.place("door").addEventListener("submit", function (event) {
    event.preventDefault();
    const words = document.getElementById("door-code").value;
    const plain = room.face === "join" ? words.trim().toLowerCase().replace(/[^\p{L}]+/gu, "-") : words.trim();
    location.hash = "k=" + encodeURIComponent(plain);
    begin();
  });
  for (const link of document.querySelectorAll('[data-does="language"]')) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      location.href = link.getAttribute("href") + location.hash;
    });
  }
  document.addEventListener("DOMContentLoaded", begin);
})(window.tesoma);
