/* The phones: say something at a place, see what others chose to show, support, vote, take back. */
(function (tesoma) {
  "use strict";

  const room = tesoma.room, { place, word, make, named } = room, field = (id) => document.getElementById(id);
  let map, draw, box, shown, own, drawn = [], shape = "point";
  const supported = new Set();

  function choose(next) {
    shape = next;
    for (const button of document.querySelectorAll("[data-shape]")) button.setAttribute("aria-pressed", button.dataset.shape === shape);
    draw.begin(shape);
  }
  function tellDrawn(places) {
    drawn = places;
    place("drawn").textContent = places.length ? word("say.places", { n: places.length }) : word("say.none");
  }
  function tellBox({ waiting, mine }) {
    const held = waiting.filter((item) => !item.refused).length;
    place("sending").textContent = held ? word(waiting.some((item) => item.held) ? "send.held" : "send.waiting", { n: held }) : mine.length ? word("send.done") : "";
    const list = place("mine");
    const row = (post, state, id) => make("li", null, {}, make("strong", named("voice", post.kind)), make("span", post.text || ""), make("span", state, { class: "state" }),
      make("button", word("mine.back"), { type: "button", onclick: () => box.takeBack(id) }));
    list.replaceChildren(
      ...waiting.map((item) => row(item.post, item.refused ? word("send.refused", { why: item.refused }) : word("send.kept"), item.post.id)),
      ...mine.map((item) => row(item.post, item.post.show ? word("mine.show") : word("mine.private"), item.id)));
    if (own) own.show([...waiting, ...mine].map(({ post }) => ({ geometry: geometryOf(post), post })));
  }
  function geometryOf({ shape: of, places }) {
    if (of === "point") return { type: "Point", coordinates: places[0] };
    if (of === "line") return { type: "LineString", coordinates: places };
    return { type: "Polygon", coordinates: [[...places, places[0]]] };
  }
  function tellOthers(items) {
    shown.show(items);
    place("others").replaceChildren(...items.map((item) => make("li", null, {},
      make("strong", [named("voice", item.kind), named("topic", item.theme)].filter(Boolean).join(" · ")), make("span", item.text || ""),
      make("button", word(supported.has(item.name) ? "others.supported" : "others.support"), {
        type: "button", "aria-pressed": String(supported.has(item.name)),
        onclick: async () => {
          const on = !supported.has(item.name), { ok } = await room.wish("POST", "support", { name: item.name, on });
          if (ok) supported[on ? "add" : "delete"](item.name);
          tellOthers(items);
        },
      }))));
    if (!items.length) place("others").append(make("li", word("others.none")));
  }
  function tellRoom(now) {
    const round = room.round, kinds = round ? round.draws : [];
    const language = document.documentElement.lang, question = round && (round.question[language] || Object.values(round.question)[0]);
    place("question").textContent = question || "";
    for (const option of field("say-kind").options) option.hidden = option.disabled = !kinds.includes(option.value);
    if (kinds.length && !kinds.includes(field("say-kind").value)) field("say-kind").value = kinds[0];
    place("ballot").hidden = !(round && round.votes && now.alternatives.length);
    if (round && round.votes) tellBallot(round, now.alternatives);
    if (shown) tellOthers(now.shown);
  }
  function tellBallot(round, alternatives) {
    const form = place("votes");
    if (form.dataset.of === round.name + alternatives.length) return;
    form.dataset.of = round.name + alternatives.length;
    const inputs = alternatives.map((one) => make("input", null, { type: "number", min: 0, max: round.votes, value: 0, name: one.name, id: "vote-" + one.name }));
    form.replaceChildren(make("p", word("vote.how", { n: round.votes })),
      ...inputs.map((input, i) => make("p", null, { class: "pair" }, make("label", alternatives[i].name.toUpperCase(), { for: input.id }), input)),
      make("button", word("vote.send"), { type: "submit", class: "main" }), make("p", "", { role: "status" }));
    form.onsubmit = async function (event) {
      event.preventDefault();
      const votes = Object.fromEntries(inputs.filter((input) => Number(input.value) > 0).map((input) => [input.name, Number(input.value)]));
      const { ok } = await room.wish("POST", "votes", { votes });
      form.querySelector("[role=status]").textContent = ok ? word("vote.done") : "";
    };
  }
  function say(event) {
    event.preventDefault();
    const least = { point: 1, line: 2, area: 3 }[shape];
    if (drawn.length < least) {
      room.problem(word("say.first", { n: least }));
      return;
    }
    const value = (id) => field(id).value || undefined;
    const post = {
      kind: field("say-kind").value, shape, places: drawn, theme: value("say-theme"), text: value("say-text"), role: value("who-role"),
      age_group: value("who-age"), language: document.documentElement.lang, show: field("say-show").checked,
    };
    if (value("say-severity")) post.severity = Number(field("say-severity").value);
    room.problem();
    box.add(JSON.parse(JSON.stringify(post)));
    field("say-text").value = "";
    draw.begin(shape);
  }

  room.starters.push(async function () {
    if (map) return;
    box = tesoma.outbox(room.now.session, (now) => map && tellBox(now));
    room.device = box.device;
    field("who-keep").checked = box.agreed;
    map = await tesoma.drawMap();
    if (!map) return;
    own = tesoma.shapesOn(map, "own", ({ post }) => [named("voice", post.kind), post.text]);
    shown = tesoma.shapesOn(map, "shown", (item) => [named("voice", item.kind), item.text]);
    draw = tesoma.drawer(map, tellDrawn);
    choose("point");
    tellBox(box);
    box.send();
    for (const button of document.querySelectorAll("[data-shape]")) button.addEventListener("click", () => choose(button.dataset.shape));
    document.querySelector('[data-does="centre"]').addEventListener("click", () => draw.add(map.getCenter()));
    document.querySelector('[data-does="back"]').addEventListener("click", () => draw.back());
    document.querySelector('[data-does="forget"]').addEventListener("click", () => confirm(word("mine.sure")) && box.forget());
    field("who-keep").addEventListener("change", ({ target }) => box.agree(target.checked));
    place("say").addEventListener("submit", say);
    addEventListener("beforeunload", (event) => { if (box.waiting.length && !box.agreed) event.preventDefault(); });
  });
  room.heard.push(function (name, content) {
    if (name === "room") tellRoom(content);
    if (name === "shown" && shown) tellOthers(content.items);
    if (name === "round" && box) box.send();
  });
})(window.tesoma);
