/* Tables of the page: sorted by a heading, filtered, downloaded as they are shown; one that has no room is a card a row.
   Nothing is fetched. */
(function (tesoma) {
  "use strict";

  /** What a cell holds, without the marks that keep names of the other direction apart on the page. */
  const valueOf = (cell) => (cell.dataset.value ?? cell.firstChild.textContent.trim()).replace(/[\u2066-\u2069]/g, "");
  const shownRows = (table) => [...table.tBodies[0].rows].filter((row) => !row.hidden);

  function sort(table, column, up) {
    const rows = [...table.tBodies[0].rows], language = document.documentElement.lang;
    const number = table.tHead.rows[0].cells[column].classList.contains("number");
    const compare = function (one, other) {
      const a = valueOf(one.cells[column]), b = valueOf(other.cells[column]);
      /* What has no value comes last either way. */
      if (a === "" || b === "") return (a === "") - (b === "");
      return (up ? 1 : -1) * (number ? Number(a) - Number(b) : a.localeCompare(b, language, { numeric: true }));
    };
    table.tBodies[0].append(...rows.sort(compare));
  }

  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach(function (head, column) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", function () {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        sort(table, column, up);
      });
    });
  }

  /** Rows as objects by the columns' keys; numbers are numbers. */
  function records(table) {
    const heads = [...table.tHead.rows[0].cells];
    return shownRows(table).map((row) => Object.fromEntries(heads.map(function (head, i) {
      const text = valueOf(row.cells[i]), number = head.classList.contains("number") && text !== "";
      return [head.dataset.key, number && Number.isFinite(Number(text)) ? Number(text) : text];
    })));
  }

  /** A value as a field of CSV. Text that a spreadsheet would compute gets an apostrophe. */
  function field(value) {
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  }

  tesoma.csv = function (table) {
    const keys = [...table.tHead.rows[0].cells].map((head) => head.dataset.key);
    const lines = records(table).map((record) => keys.map((key) => field(record[key])).join());
    return "\ufeff" + [keys.map(field).join(), ...lines].join("\r\n") + "\r\n";
  };

  tesoma.geojson = function (table) {
    const rows = shownRows(table), properties = records(table);
    const features = rows.flatMap(function (row, i) {
      const { lon, lat, ring } = row.dataset;
      if (lon === undefined) return [];
      const geometry = ring
        ? { type: "Polygon", coordinates: [JSON.parse(ring)] }
        : { type: "Point", coordinates: [Number(lon), Number(lat)] };
      return [{ type: "Feature", properties: properties[i], geometry }];
    });
    return JSON.stringify({ type: "FeatureCollection", features });
  };

  function save(name, type, content) {
    const link = document.createElement("a"), address = URL.createObjectURL(new Blob([content], { type }));
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function filterable(box, table, status) {
    const input = box.querySelector("input[type=search]");
    const tell = function () {
      /* The plural forms stand in the page, by their categories. */
      status.textContent = tesoma.counted(status.dataset, shownRows(table).length);
    };
    const filter = function () {
      const words = tesoma.plain(input.value).split(/\s+/).filter(Boolean);
      for (const row of table.tBodies[0].rows) {
        const text = tesoma.plain(row.textContent);
        row.hidden = !words.every((word) => text.includes(word));
      }
      tell();
    };
    if (input) input.addEventListener("input", filter);
    return input ? filter : () => {};
  }

  /** A row whose place the map knows leads there. */
  function placed(row) {
    const head = row.cells[0], button = document.createElement("button");
    button.type = "button";
    button.className = "to-map";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => tesoma.lookAt(tesoma.current, [Number(row.dataset.lat), Number(row.dataset.lon)]));
  }

  /** The homes that the map shows, as rows: for the keyboard, for a screen reader, for a spreadsheet. */
  function fillHomes(table, map) {
    const { layers, state } = map.tesoma, cells = layers.cells, { xy, start } = cells.quads;
    const language = document.documentElement.lang, toHub = cells.seconds(state), back = cells.fromHub[state.profile];
    const minutes = function (row, seconds) {
      const cell = row.insertCell();
      cell.className = "number";
      cell.dataset.value = seconds < 0 ? "" : Math.round(seconds / 6) / 10;
      cell.textContent = tesoma.minutes(state.words, seconds, "{time}");
    };
    const body = table.tBodies[0];
    body.replaceChildren();
    for (let i = 0; i < cells.quads.length; i++) {
      const row = document.createElement("tr"), head = document.createElement("th"), ring = [];
      head.scope = "row";
      head.textContent = cells.areas[cells.area[i]] || "–";
      row.append(head);
      const residents = row.insertCell();
      residents.className = "number";
      residents.dataset.value = cells.residents[i];
      residents.textContent = cells.residents[i].toLocaleString(language);
      minutes(row, toHub[i]);
      minutes(row, back[i]);
      let lat = 0, lon = 0;
      for (let k = start[i]; k < start[i + 1]; k += 2) {
        const at = map.unproject([xy[k], xy[k + 1]], tesoma.ZOOM);
        ring.push([Number(at.lng.toFixed(6)), Number(at.lat.toFixed(6))]);
        if (k >= start[i + 1] - 2) continue;
        lat += at.lat / 4;
        lon += at.lng / 4;
      }
      Object.assign(row.dataset, { lat: lat.toFixed(6), lon: lon.toFixed(6), ring: JSON.stringify(ring) });
      body.append(row);
      placed(row);
    }
    labelled(table);
  }

  /** Each value is told with its heading where the headings above have no room. */
  function labelled(table) {
    const labels = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
    for (const row of table.tBodies[0].rows) {
      labels.forEach((label, column) => { if (column) row.cells[column].dataset.label = label; });
    }
  }

  /** A table wider than its place has narrower columns, or else becomes a card a row; where there is room it is as it was. */
  function fitted(table) {
    const place = table.parentElement, wide = () => place.scrollWidth > place.clientWidth + 1;
    let width = 0;
    new ResizeObserver(function () {
      if (place.clientWidth === width || !place.clientWidth) return;
      width = place.clientWidth;
      table.classList.remove("narrow", "cards");
      if (wide()) table.classList.add("narrow");
      if (wide()) table.classList.replace("narrow", "cards");
    }).observe(place);
  }

  /** Where there are no headings to press, a list of them. */
  function sortedBy(table, choice) {
    const heads = [...table.tHead.rows[0].cells], given = [...table.tBodies[0].rows];
    choice.append(...heads.map((head, column) => new Option(head.textContent.trim(), column)));
    choice.addEventListener("change", function () {
      if (choice.value) heads[choice.value].querySelector("button").click();
      else table.tBodies[0].append(...given);
    });
  }

  function beginTable(box) {
    const table = box.querySelector("table"), tools = box.querySelector(".table-tools");
    labelled(table);
    sortedBy(table, tools.querySelector("select"));
    sortable(table);
    fitted(table);
    box.filter = filterable(box, table, tools.querySelector("[role=status]"));
    tools.hidden = false;
    tools.addEventListener("click", function ({ target }) {
      const button = target.closest("[data-does]"), does = button && button.dataset.does;
      if (does === "whole") button.setAttribute("aria-pressed", table.classList.toggle("whole"));
      if (does === "csv") save(box.dataset.name + ".csv", "text/csv", tesoma.csv(table));
      if (does === "geojson") save(box.dataset.name + ".geojson", "application/geo+json", tesoma.geojson(table));
    });
  }

  tesoma.beginTables = function (page) {
    /* What waits folded on a phone is open where there is room. */
    if (window.matchMedia("(min-width: 52rem)").matches) for (const fold of page.querySelectorAll(".open-where-wide")) fold.open = true;
    for (const box of page.querySelectorAll(".data-table")) tesoma.schedule(() => beginTable(box));
  };

  tesoma.mapStarters.push(function (map) {
    for (const row of document.querySelectorAll(".data-table tr[data-lon]")) placed(row);
    const homes = document.querySelector(".homes");
    if (!homes || !map.tesoma.layers.cells) return;
    const fill = function () {
      if (!homes.open) return;
      fillHomes(homes.querySelector("table"), map);
      homes.querySelector(".data-table").filter();
    };
    let filledFor = null;
    homes.addEventListener("toggle", fill);
    map.on("tesoma:arrived", fill);
    map.on("tesoma:change", function () {
      const { profile, season, departure } = map.tesoma.state, shown = [profile, season, departure].join();
      if (filledFor !== shown) fill();
      filledFor = shown;
    });
    homes.hidden = false;
  });
})(window.tesoma);
