/* What a plan does, as tables beside the map. */
(function (tesoma) {
  "use strict";

  const room = tesoma.room, { word, make } = room;
  const number = (value) => (value === null || value === undefined ? "–" : room.number(value));
  const signed = (value) => (value > 0 ? "+" : "") + number(value);

  function table(caption, heads, rows) {
    return make("table", null, {}, make("caption", caption, { class: "caption" }),
      make("thead", null, {}, make("tr", null, {}, ...heads.map((head, i) => make("th", head, { scope: "col", class: i ? "number" : null })))),
      make("tbody", null, {}, ...rows.map(([name, ...values]) => make("tr", null, {}, make("th", name, { scope: "row" }), ...values.map((value) => make("td", value, { class: "number" }))))));
  }
  const sides = (name, { before, after, change }) => [name, number(before), number(after), change === null ? "–" : signed(change)];
  const heads = () => [word("figures.before"), word("figures.after"), word("figures.change")];

  /** Alternatives beside one another. */
  tesoma.sideTable = (plans) => table(word("plan.side"), [word("plan.alternatives"), ...["gaining", "losing", "metres", "euros", "resident_min", "per_euro"].map((one) => word("figures." + one))],
    plans.map((plan) => [plan.alternative.toUpperCase(), ...[plan.residents.residents.gaining, plan.residents.residents.losing, plan.metres, plan.euros, plan.residents.resident_min, plan.minutes_per_euro].map(number)]));

  tesoma.tellEffect = function (place, plan) {
    const { residents, services } = plan;
    const within = Object.entries(residents.population_within).map(([minutes, one]) => sides(word("figures.within", { n: minutes }), one));
    const who = residents.residents;
    const groups = (by, name) => Object.entries(by).filter(([, one]) => one.gaining || one.losing).map(([code, one]) => [name(code), number(one.gaining), number(one.losing)]);
    const areas = groups(residents.by_area, (code) => room.named("area", code)), ages = groups(residents.by_age, (code) => code);
    const near = Object.entries(services).flatMap(function ([kind, one]) {
      const figures = one.profiles[plan.profile] || {}, key = Object.keys(figures).find((name) => name.startsWith("population"));
      return key && figures[key].change ? [sides(room.map.words.kinds[kind] || kind, figures[key])] : [];
    });
    const money = [[word("figures.metres"), number(plan.metres)], [word("figures.resident_min"), number(residents.resident_min)]];
    if (plan.euros !== null) {
      money.push([word("figures.euros"), number(plan.euros)], [word("figures.per_euro"), number(plan.minutes_per_euro)]);
      if (plan.without_price) money.push([word("figures.without_price"), number(plan.without_price)]);
    }
    place.replaceChildren(
      make("p", word("figures.who", { gaining: number(who.gaining), losing: number(who.losing) }), { class: "card" }),
      table(word("figures.residents"), [word("figures.minutes"), ...heads()], within),
      areas.length ? table(word("figures.areas"), [word("figures.area"), word("figures.gaining"), word("figures.losing")], areas) : "",
      ages.length ? table(word("figures.ages"), [word("figures.age"), word("figures.gaining"), word("figures.losing")], ages) : "",
      near.length ? table(word("figures.services"), [word("figures.kind"), ...heads()], near) : "",
      table(word("figures.cost"), [word("figures.what"), word("figures.amount")], money));
  };
})(window.tesoma);
