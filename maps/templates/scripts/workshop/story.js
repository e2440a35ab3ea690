/* How we got here, for those who were not there. */
(function (tesoma) {
  "use strict";

  const room = tesoma.room, { place, word, make, named } = room;

  function counts(title, by, name) {
    const rows = Object.entries(by || {});
    return rows.length ? make("p", title + ": " + rows.map(([code, count]) => name(code) + " " + word("story.at_least", { n: count })).join(", ")) : "";
  }
  const dayOf = (iso) => new Date(iso + "T00:00").toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  const hasCounts = ({ said, counted }) => said.length > 0 || Boolean(counted && (counted.people || counted.voters));
  function round(one) {
    const question = room.told(one.question);
    const told = one.counted;
    const drawn = Object.entries(one.drawn).map(([name, changes]) => name.toUpperCase() + ": " + changes.map((change) => room.told(change.name) || word("tool." + change.kind)).join(", "));
    return make("section", null, {}, make("h2", room.told(one.title) || one.name), question ? make("p", question, { class: "question" }) : "",
      make("p", [one.date ? dayOf(one.date) : word("story.day_unknown"), one.closed ? word("round.is_closed") : one.opened ? word("round.is_open") : word("round.is_planned")].join(" · "), { class: "note" }),
      told ? make("p", told.people ? word("story.people", { n: told.people }) : word("story.few", { k: told.k })) : "",
      one.said.length ? make("p", word("story.themes") + ": " + one.said.map((row) => named("voice", row.kind) + " · " + named("topic", row.theme) + " " + word("story.at_least", { n: row.people })).join(", ")) : "",
      told && told.voters ? make("p", word("story.voters", { n: told.voters })) : "",
      told ? counts(word("story.votes"), told.votes, (code) => code.toUpperCase()) : "",
      ...drawn.map((line) => make("p", word("story.drawn") + " " + line)));
  }
  async function look() {
    const { ok, told } = await room.ask("GET", "story");
    if (!ok) return;
    const decided = told.decided ? make("section", null, {}, make("h2", word("story.decided")), make("p", room.told(told.decided), { class: "said" })) : "";
    place("story").replaceChildren(decided, told.rounds.some(hasCounts) ? make("p", word("story.why_at_least", { k: told.k }), { class: "note" }) : "", ...told.rounds.map(round),
      make("section", null, {}, make("h2", word("plan.alternatives")),
        ...told.alternatives.map((one) => make("p", one.name.toUpperCase() + ": " + (one.changes.map((change) => room.told(change.name) || word("tool." + change.kind)).join(", ") || "–")))));
  }
  room.starters.push(look);
  room.heard.push((name) => { if (name === "round" || name === "plan" || name === "anew") look(); });
})(window.tesoma);
