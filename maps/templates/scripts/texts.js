/* Texts with places to fill, and with numbers in the plural form that the page's language has for them. */
(function (tesoma) {
  "use strict";

  const rules = new Map();

  /** The plural rules of a language, as the Unicode CLDR has them. */
  function rulesOf(language) {
    if (!rules.has(language)) rules.set(language, new Intl.PluralRules(language));
    return rules.get(language);
  }

  const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/gu;

  /** A value, kept apart from the text around it where it has letters of the other direction (UAX 9, isolates). */
  function isolated(value) {
    const text = String(value);
    const against = document.documentElement.dir === "rtl"
      ? /\p{L}/u.test(text.replace(RIGHT_TO_LEFT, ""))
      : text.search(RIGHT_TO_LEFT) >= 0;
    return against ? "\u2068" + text + "\u2069" : text;
  }

  /** Small letters without accents, for looking for. */
  tesoma.plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** A text with its {places} filled. */
  tesoma.filled = (pattern, values) =>
    pattern.replace(/\{(\w+)\}/g, (whole, key) => (Object.hasOwn(values, key) ? isolated(values[key]) : whole));

  /** A time of day ("07:15") as the language writes it; hours after midnight are the next day's. */
  tesoma.clock = function (pattern, clock) {
    const [h, m] = clock.split(":");
    return m ? tesoma.filled(pattern, { h: h % 24, m }) : clock;
  };

  /** A list item for each row of texts, a span a text. */
  tesoma.items = (rows) => rows.map(function (texts) {
    const item = document.createElement("li");
    item.append(...texts.map(function (text) {
      const span = document.createElement("span");
      span.textContent = text;
      return span;
    }));
    return item;
  });

  /** A text for so many things; `forms` by plural category: one, few, other. */
  tesoma.counted = function (forms, count) {
    const language = document.documentElement.lang;
    return tesoma.filled(forms[rulesOf(language).select(count)] || forms.other, { n: count.toLocaleString(language) });
  };
})(window.tesoma);
