/* Moderation: what waits, on the map and in a list, and what is done with it; rounds; the way in. */
(function (tesoma) {
  "use strict";

  const room = tesoma.room, { place, word, make, named } = room;
  let map, shapes, asking = false, anew = false;

  async function decide(item, act, more) {
    const by = document.getElementById("by").value || "host";
    const { ok } = await room.wish("POST", "moderation", { name: item.name, act, by, ...more });
    if (ok) await look();
  }
  function row(item) {
    const hints = Object.entries(item.hints).map(([flag, pieces]) => word("flag." + flag) + ": " + pieces.join(", "));
    const other = item.flags.filter((flag) => !(flag in item.hints)).map((flag) => word("flag." + flag));
    const state = item.on_wall ? "shown" : item.shown ? "published" : item.state;
    const text = make("textarea", null, { rows: 2, "aria-label": word("moderate.instead"), maxlength: 2000 });
    text.value = item.text || "";
    const look = make("input", null, { "aria-label": word("moderate.second"), placeholder: word("moderate.second"), maxlength: 60 });
    const button = (act, more, extra) => make("button", word("act." + act), { type: "button", "data-act": act, ...extra, onclick: () => decide(item, act, more && more()) });
    const second = () => (look.value ? { second_look: look.value } : {});
    return make("li", null, { "data-name": item.name, class: "is-" + state },
      make("strong", [named("voice", item.kind), named("topic", item.themes), item.severity].filter(Boolean).join(" · ")),
      make("span", word("state." + state), { class: "state" }),
      make("p", item.text || word("moderate.no_text"), { class: "said" }),
      hints.length || other.length ? make("p", [...hints, ...other].join(" · "), { class: "hints" }) : null,
      make("p", item.consent ? word("moderate.consent") : word("moderate.no_consent"), { class: "note" }),
      make("div", null, { class: "tools" },
        button("approve", second), button("show", second, { disabled: !item.consent }), item.on_wall ? button("unshow") : null, button("publish", second), button("hide"),
        make("button", word("moderate.where"), { type: "button", onclick: () => map && map.fitBounds(L.geoJSON(item.geometry).getBounds().pad(0.5), { maxZoom: 16 }) })),
      make("details", null, {}, make("summary", word("moderate.more")), text,
        make("div", null, { class: "tools" }, button("redact", () => ({ text: text.value || null })), look,
          make("button", word("act.erase"), { type: "button", "data-act": "erase", onclick: () => confirm(word("moderate.sure")) && decide(item, "erase") }))));
  }
  async function look() {
    if (asking) { anew = true; return; }
    asking = true;
    const { ok, told } = await room.ask("GET", "moderation");
    asking = false;
    if (ok) tell(told);
    if (anew) { anew = false; look(); }
  }
  function tell({ annotations, code, qr }) {
    place("count").textContent = String(annotations.filter((item) => item.state === "pending").length);
    place("code").textContent = code.replaceAll("-", " ");
    place("qr").src = qr;
    place("qr").hidden = false;
    /* A list that somebody writes in stays as it is until they are done. */
    const busy = place("waiting").contains(document.activeElement) && /INPUT|TEXTAREA/.test(document.activeElement.tagName);
    if (!busy) place("waiting").replaceChildren(...annotations.map(row));
    if (shapes) shapes.show(annotations);
  }
  function tellRounds(now) {
    place("rounds").replaceChildren(...now.rounds.map(function (one) {
      const is = one.name === now.open ? "open" : one.closed ? "closed" : "planned";
      const act = is === "open" ? "close" : is === "planned" && !now.open ? "open" : null;
      return make("li", null, {}, make("strong", one.name), make("span", word("round.is_" + is), { class: "state" }),
        act ? make("button", word("round." + (act === "open" ? "do_open" : "do_close")), {
          type: "button", "data-round": act,
          onclick: async () => { await room.wish("POST", "rounds", { act, name: one.name }); await room.look(); },
        }) : null);
    }));
  }

  async function publish(event) {
    const button = event.currentTarget, told = place("published");
    button.disabled = true;
    told.textContent = word("publish.running");
    const answer = await room.wish("POST", "publish", { decided: room.written("decided") });
    button.disabled = false;
    told.replaceChildren();
    if (answer.ok) told.append(make("a", word("publish.done"), { href: "pages/index.html" }), " ", answer.told.folder);
  }

  room.starters.push(async function () {
    if (map) return;
    document.querySelector('[data-does="publish"]').addEventListener("click", publish);
    map = await tesoma.drawMap();
    shapes = tesoma.shapesOn(map, "waiting", (item) => [named("voice", item.kind), item.text]);
    await look();
  });
  room.heard.push(function (name, content) {
    if (name === "room") tellRounds(content);
    if (name === "waiting" || name === "anew") look();
  });
})(window.tesoma);
