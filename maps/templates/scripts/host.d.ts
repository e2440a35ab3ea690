/** Types of embed.js; docs/embed.md tells what each option means. */

/** Zoom, latitude, longitude. */
export type At = [zoom: number, lat: number, lon: number];

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
  /** Custom properties of the map's style sheet and six hex digits. */
  colours?: Record<string, string>;
}

export interface Options extends View {
  /** Where the map's pages are; the folder of embed.js unless given. */
  site?: string;
  language?: string;
  /** Of the frame, for screen readers. */
  title?: string;
  /** Pixels, or "auto": as high as its content. */
  height?: number | "auto";
  /** False loads the map at once; otherwise when it comes into view. */
  lazy?: boolean;
}

export interface Ready {
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
    readonly frame: HTMLIFrameElement;
    readonly ready: Promise<Ready>;
    on<K extends keyof Events>(event: K, listener: (content: Events[K]) => void): this;
    off<K extends keyof Events>(event: K, listener: (content: Events[K]) => void): this;
    set(view: View): Promise<void>;
    remove(): void;
  }
}
