/*! The district's map in a page of your own: docs/embed.md tells the options. Plain script, no dependency.
 *
 *   <div id="map"></div>
 *   <script src="https://example.org/map/embed.js"></script>
 *   <script>new TesomaMap(document.getElementById("map"), { profile: "wheelchair", language: "en" });</script>
 *
 * or, with the same script, <tesoma-map profile="wheelchair" language="en"></tesoma-map>.
 */
(function () {
  "use strict";

  const HERE = document.currentScript ? new URL(".", document.currentScript.src).href : "";
  const EVENTS = ["ready", "change", "click", "height"];
  const GREET_EVERY_MS = 250, HEIGHT_PX = 640;
  /* What a frame is called until its page has told its title, which may be long after: it loads once it comes into view. */
  const CALLED = { en: "Map", et: "Kaart", fi: "Kartta", pt: "Mapa", sv: "Karta" };
  /* Names of options as the map's messages have them. */
  const VIEW = ["profile", "season", "departure", "at", "bounds", "home", "show", "hide", "controls", "colours", "theme"];

  function viewOf(options) {
    const view = {};
    for (const name of VIEW) if (options[name] !== undefined && options[name] !== null) view[name] = options[name];
    if (options.layers) view.show = options.layers;
    return view;
  }

  /** Names of layers in a view that the map does not have; it still takes the number of a kind, as names were once. */
  function withoutLayer({ show, hide }, layers) {
    const names = [show, hide].filter(Array.isArray).flat().map(String);
    return names.filter((name) => !layers.includes(name) && !/^(services|voices)_\d{1,3}$/.test(name));
  }

  class TesomaMap {
    constructor(element, options = {}) {
      const place = typeof element === "string" ? document.querySelector(element) : element;
      if (!(place instanceof Element)) throw new TypeError("TesomaMap: give an element of the page, or a selector of one");
      const site = String(options.site || HERE).replace(/\/?$/, "/");
      if (!/^(https?|file):/.test(site)) throw new TypeError("TesomaMap: give site, the address where the map's pages are");
      this.site = site;
      this.origin = site.startsWith("file:") ? "*" : new URL(site).origin;
      this.view = viewOf(options);
      this.listeners = new Map(EVENTS.map((name) => [name, new Set()]));
      this.answer = null;
      /* The map has the view that was asked for first; the number of the message that asks for it. */
      this.begun = false;
      this.first = 0;
      /* Views that the map has not told it has: number of the message → how its promise ends. */
      this.asked = 0;
      this.waiting = new Map();
      this.warned = new Set();
      this.autoHeight = options.height === undefined || options.height === "auto";
      const frame = (this.frame = document.createElement("iframe"));
      const language = options.language || document.documentElement.lang.split("-")[0] || "en";
      this.called = options.title || "";
      frame.title = this.called || CALLED[language.split("-")[0]] || CALLED.en;
      frame.loading = options.lazy === false ? "eager" : "lazy";
      frame.referrerPolicy = "no-referrer";
      frame.allow = "fullscreen; geolocation; clipboard-write";
      /* Of a page's own origin it would hold nothing back. */
      if (this.origin !== window.location.origin) frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-modals";
      Object.assign(frame.style, { display: "block", width: "100%", border: "0", height: (this.autoHeight ? HEIGHT_PX : Number(options.height)) + "px" });
      frame.src = site + "embed-" + encodeURIComponent(language) + ".html";
      this.ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
      this.hear = this.hear.bind(this);
      window.addEventListener("message", this.hear);
      /* The frame may be lazy, and what is said before it listens is lost: it is greeted until it answers. */
      frame.addEventListener("load", () => this.greet());
      place.append(frame);
    }

    greet() {
      clearInterval(this.greeting);
      const hello = () => this.say({ tesoma: "hello", autoHeight: this.autoHeight });
      this.answer = null;
      this.begun = false;
      this.greeting = setInterval(hello, GREET_EVERY_MS);
      hello();
    }

    say(message) {
      if (this.frame.contentWindow) this.frame.contentWindow.postMessage(message, this.origin);
    }

    /** Another view, with a number by which the map says that it has it; a frame that loads anew gets all of it again. */
    ask(view) {
      const { layers } = this.answer || {};
      for (const name of layers ? withoutLayer(view, layers) : []) {
        if (!this.warned.has(name)) console.warn(`TesomaMap: the map has no layer "${name}", only ${layers.join(", ")}`);
        this.warned.add(name);
      }
      this.say({ tesoma: "set", view, id: ++this.asked });
      return this.asked;
    }

    hear({ source, data }) {
      if (source !== this.frame.contentWindow || !data || typeof data.tesoma !== "string") return;
      const { tesoma: kind, ...content } = data;
      if (kind === "ready") {
        clearInterval(this.greeting);
        if (this.answer) return;
        this.answer = content;
        if (!this.called && content.title) this.frame.title = content.title;
        if (Object.keys(this.view).length) this.first = this.ask(this.view);
        else this.begin(content.view);
      } else if (kind === "view") {
        /* On the way to the first view nothing has changed yet. */
        if (this.begun) this.tell("change", content.view);
      } else if (kind === "set") {
        if (this.answer && !this.begun && content.id >= this.first) this.begin(content.view);
        for (const [id, { resolve }] of [...this.waiting]) if (id <= content.id && this.waiting.delete(id)) resolve();
      } else if (kind === "click") {
        this.tell("click", content);
      } else if (kind === "height") {
        if (this.autoHeight) this.frame.style.height = content.height + "px";
        this.tell("height", content.height);
      }
    }

    /** The map stands, with the view that was asked for. */
    begin(view) {
      const ready = { ...this.answer, view };
      this.begun = true;
      this.tell("ready", ready);
      this.resolve(ready);
    }

    tell(event, content) {
      for (const listener of [...this.listeners.get(event)]) listener(content);
    }

    /** Calls a function at an event: "ready", "change", "click" or "height". */
    on(event, listener) {
      if (!this.listeners.has(event)) throw new TypeError("TesomaMap: there is no event " + event + ", only " + EVENTS.join(", "));
      this.listeners.get(event).add(listener);
      return this;
    }

    off(event, listener) {
      if (this.listeners.has(event)) this.listeners.get(event).delete(listener);
      return this;
    }

    /** Another view; resolves once the map has it. */
    set(options) {
      const view = viewOf(options);
      Object.assign(this.view, view);
      return this.ready.then(() => new Promise((resolve, reject) => this.waiting.set(this.ask(view), { resolve, reject })));
    }

    /** Takes the map out of the page. */
    remove() {
      clearInterval(this.greeting);
      window.removeEventListener("message", this.hear);
      this.frame.remove();
      if (!this.begun) this.reject(new Error("TesomaMap: removed before it was ready"));
      for (const { reject } of this.waiting.values()) reject(new Error("TesomaMap: removed before it had the view"));
      this.waiting.clear();
      this.ready.catch(() => {});
    }
  }

  const numbers = (text) => text.split(/[ ,/]+/).map(Number), names = (text) => text.split(/[ ,]+/).filter(Boolean);
  /* colours="map-land:eef3ea dark.map-land:101820" */
  const colours = (text) => Object.fromEntries(text.split(/[\s,;]+/).filter(Boolean).map((pair) => pair.split(":")));
  const ATTRIBUTES = { at: numbers, home: numbers, bounds: numbers, layers: names, hide: names, lazy: (text) => text !== "false", colours };
  const NAMES = ["site", "language", "profile", "season", "departure", "controls", "theme", "title", "height", "lazy", ...Object.keys(ATTRIBUTES)];

  class TesomaMapElement extends HTMLElement {
    static get observedAttributes() { return ["profile", "season", "departure", "controls", "theme", "at", "home", "bounds", "layers", "hide", "colours"]; }

    option(name) {
      const text = this.getAttribute(name);
      return text === null ? undefined : ATTRIBUTES[name] ? ATTRIBUTES[name](text) : text;
    }

    connectedCallback() {
      if (this.map) return;
      this.style.display = this.style.display || "block";
      const options = Object.fromEntries(NAMES.map((name) => [name, this.option(name)]).filter(([, value]) => value !== undefined));
      this.map = new TesomaMap(this, options);
      for (const name of EVENTS) this.map.on(name, (detail) => this.dispatchEvent(new CustomEvent(name, { detail })));
    }

    disconnectedCallback() {
      if (this.map) this.map.remove();
      this.map = null;
    }

    attributeChangedCallback(name) {
      if (this.map) this.map.set({ [name]: this.option(name) }).catch(() => {}); /* an element that is taken away waits for nothing */
    }
  }

  window.TesomaMap = TesomaMap;
  if (!customElements.get("tesoma-map")) customElements.define("tesoma-map", TesomaMapElement);
})();
