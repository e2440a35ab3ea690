/** Types of embed.js; docs/embed.md tells what each option means. */

/** Zoom, latitude, longitude. */
export type At = [zoom: number, lat: number, lon: number];

/** `{"frame-accent": "0b5d1e", light: {"map-land": "eef3ea"}, dark: {"map-land": "101820"}}`. */
export interface Colours {
  light?: Record<string, string>;
  dark?: Record<string, string>;
  [property: string]: string | Record<string, string> | undefined;
}

export interface View {
  profile?: string;
  season?: "summer" | "winter";
  /** Clock time of a departure ("07:15"); empty for the median of all. */
  departure?: string;
  at?: At;
  /** West, south, east, north in degrees. */
  bounds?: [west: number, south: number, east: number, north: number];
  /** Latitude and longitude of a home that the map tells of. */
  home?: [lat: number, lon: number];
  /** Layers that are shown, all others hidden. */
  layers?: string[];
  /** Layers that are hidden. */
  hide?: string[];
  controls?: "all" | "legend" | "none";
  theme?: "light" | "dark" | "auto";
  /** Custom properties of the map's style sheet and six hex digits; those of one theme alone in `light` and `dark`. */
  colours?: Colours;
}

export interface Options extends View {
  /** Where the map's pages are; the folder of embed.js unless given. */
  site?: string;
  language?: string;
  /** Of the frame, for screen readers; unless given, that of the map's page, in its language. */
  title?: string;
  /** Pixels, or "auto": as high as its content. */
  height?: number | "auto";
  /** False loads the map at once; otherwise when it comes into view. */
  lazy?: boolean;
}

export interface Ready {
  /** Of the map's page, in its language. */
  title: string;
  /** The view that was asked for, as the map has it. */
  view: Shown;
  profiles: string[];
  layers: string[];
  departures: string[];
}

export interface Shown {
  at: At;
  profile: string;
  season: string;
  departure: string;
  hide: string[];
}

export interface Click {
  lat: number;
  lon: number;
  /** What the map said: plain text of data and of residents; never put it into a page as HTML. */
  told: string[];
}

export interface Events {
  ready: Ready;
  change: Shown;
  click: Click;
  height: number;
}

declare global {
  class TesomaMap {
    constructor(element: Element | string, options?: Options);
    /** The iframe, for styles of your own. */
    readonly frame: HTMLIFrameElement;
    readonly ready: Promise<Ready>;
    on<K extends keyof Events>(event: K, listener: (content: Events[K]) => void): this;
    off<K extends keyof Events>(event: K, listener: (content: Events[K]) => void): this;
    /** Another view; the promise resolves once the map has it. */
    set(view: View): Promise<void>;
    remove(): void;
  }

  /** `<tesoma-map>`: its attributes are the options, and it fires the events as CustomEvent. */
  interface TesomaMapElement extends HTMLElement {
    /** Null while the element is in no page. */
    readonly map: TesomaMap | null;
  }

  interface HTMLElementTagNameMap {
    "tesoma-map": TesomaMapElement;
  }
}
