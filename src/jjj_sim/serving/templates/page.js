(function () {
  "use strict";
  var lang = document.body.dataset.lang;
  var words = JSON.parse(document.getElementById("words").content.textContent);
  var rest = { from: 2026, set: {}, file: "", file_name: "" };
  var state = fromLink() || copy(rest);
  var asked = null, views = {}, last = null, timer = 0;
  function $(id) { return document.getElementById(id); }
  function copy(thing) { return JSON.parse(JSON.stringify(thing)); }

  // the link
  function fromLink() {
    try { return JSON.parse(decodeURIComponent(location.hash.slice(1))); } catch (_) { return null; }
  }
  function link() {
    var plain = !Object.keys(state.set).length && !state.file;
    history.replaceState(null, "", location.pathname + location.search + (plain ? "" : "#" + encodeURIComponent(JSON.stringify(state))));
  }

  // what is sent
  async function post(path, body, signal) {
    try {
      return await fetch(path, { method: "POST", signal: signal, body: JSON.stringify(body),
        headers: { "Content-Type": "application/json", "Accept-Language": lang } });
    } catch (error) {
      if (error.name !== "AbortError") { wrong([words.lost]); }
      throw error;
    }
  }
  async function answer(path, body) {
    var found = await post(path, body);
    if (found.status === 422) { wrong((await found.json()).problems); return null; }
    if (!found.ok) { wrong([await found.text()]); return null; }
    return found;
  }
  function wrong(problems) {
    var place = $("problem");
    place.textContent = problems.join("\n");
    place.hidden = !problems.length;
  }

  // levers
  function number(value, digits) { return (+value.toFixed(digits)).toLocaleString("en-US", { maximumFractionDigits: digits }); }
  function said(slider) {
    var value = +slider.value, times = +slider.dataset.times, step = +slider.step * times;
    var digits = Math.max(0, Math.min(4, -Math.floor(Math.log10(step) + 1e-9)));
    var shown = number(value * times, digits), unit = slider.dataset.unit;
    if (slider.dataset.signed !== undefined && value > 0) { shown = "+" + shown; }
    shown = shown.replace("-", "\u2212");
    var text = unit.charAt(0) === "%" ? (lang === "zh" ? shown + unit : shown + " " + unit) : shown + (lang === "zh" ? "" : " ") + unit;
    var pair = JSON.parse(slider.dataset.words).find(function (one) { return value <= one[0]; });
    return pair ? text + (lang === "zh" ? "（" + pair[1] + "）" : " (" + pair[1] + ")") : text;
  }
  function same(a, b) { return Math.abs(a - b) < 1e-9; }
  function dress() {
    document.querySelectorAll("#controls input[type=range]").forEach(function (slider) {
      var text = said(slider), still = !(slider.dataset.id in state.set);
      $("o-" + slider.dataset.id).textContent = text;
      slider.setAttribute("aria-valuetext", text);
      slider.closest(".lever").classList.toggle("moved", !still);
    });
    document.querySelectorAll("#controls select").forEach(function (choice) {
      choice.closest(".lever").classList.toggle("moved", choice.value !== "");
    });
    document.querySelectorAll(".question").forEach(function (question) {
      question.classList.toggle("moved", !!question.querySelector(".lever.moved"));
    });
    $("from").value = state.from;
    $("stands").hidden = !state.file;
    $("stands").firstElementChild.textContent = words.stands_on.replace("FILE", state.file_name);
    $("reset").textContent = state.file ? words.reset_file : words.reset;
  }
  function moved(control) {
    var id = control.dataset.id;
    if (control.type === "range") {
      if (same(+control.value, +control.dataset.rest)) { delete state.set[id]; } else { state.set[id] = +control.value; }
    } else if (control.value === "") { delete state.set[id]; } else {
      state.set[id] = /^\d+$/.test(control.value) ? +control.value : control.value;
    }
    dress();
    link();
    clearTimeout(timer);
    timer = setTimeout(ask, 60);
  }
  async function place() {
    var open = [].map.call(document.querySelectorAll(".question[open]"), function (one) { return one.dataset.question; });
    var found = await answer("/controls", { state: state, lang: lang });
    if (!found) { return false; }
    $("controls").innerHTML = await found.text();
    open.forEach(function (id) {
      var one = document.querySelector('.question[data-question="' + id + '"]');
      if (one) { one.open = true; }
    });
    dress();
    return true;
  }
  async function become(next) {
    var before = state;
    state = next;
    wrong([]);
    if (await place()) { link(); await ask(); } else { state = before; dress(); }
  }

  // answers
  async function ask() {
    if (asked) { asked.abort(); }
    var mine = asked = new AbortController();
    tell(words.asking, true);
    try {
      var found = await post("/difference", { state: state, lang: lang, figure: $("figure").value, mapped: $("mapped").value }, mine.signal);
      if (!found.ok) {
        tell("", false);
        wrong(found.status === 422 ? (await found.json()).problems : [await found.text()]);
        return;
      }
      wrong([]);
      var reader = found.body.getReader(), decoder = new TextDecoder(), kept = "";
      for (;;) {
        var piece = await reader.read();
        if (piece.done) { break; }
        kept += decoder.decode(piece.value, { stream: true });
        var lines = kept.split("\n");
        kept = lines.pop();
        for (var line of lines) { await show(JSON.parse(line), mine); }
      }
    } catch (error) {
      if (error.name !== "AbortError") { throw error; }
    }
  }
  function tell(text, busy) {
    $("state").textContent = text;
    $("state").classList.toggle("busy", busy);
  }
  async function show(told, mine) {
    if (mine !== asked) { return; }
    if (told.problems) { wrong(told.problems); tell("", false); return; }
    if (!told.headline) { tell(words.counting.replace("DONE", told.done).replace("OF", told.of), true); return; }
    last = told;
    rows($("headline"), told.headline.map(function (row) {
      return { cells: [row.what, row.base, row.mine, row.difference, row.interval || "\u2013", row.sure || "\u2013"], id: row.id, vague: row.vague };
    }), "r");
    rows($("goals"), told.goals.map(function (row) {
      var unit = row.unit ? (/^%/.test(row.unit) || lang === "zh" ? "" : " ") + row.unit : "";
      return { cells: [row.name, row.bounds ? row.bounds + unit : "", row.base, row.mine], goal: row.goal, turned: row.turned };
    }), "");
    await Promise.all(["level", "difference", "map"].map(function (id) { return draw(id, told[id], mine); }));
    if (mine !== asked) { return; }
    var still = !Object.keys(state.set).length && !state.file;
    tell(still ? words.nothing : told.done ? words.whole : words.mean, told.done < told.of && !still);
    document.body.dataset.shown = told.done ? "members" : "mean";
    document.body.dataset.state = JSON.stringify(state);
  }
  function rows(table, found, kind) {
    table.tBodies[0].replaceChildren.apply(table.tBodies[0], found.map(function (row) {
      var made = document.createElement("tr");
      made.className = row.goal ? "goal" : row.vague ? "vague" : "";
      if (row.id) { made.dataset.id = row.id; }
      row.cells.forEach(function (text, n) {
        var cell = document.createElement(n ? "td" : "th");
        if (!n) { cell.scope = "row"; }
        if (kind && n && n < 5) { cell.className = kind; }
        if (row.turned && n === 3) { cell.className = "turned"; }
        cell.textContent = text;
        made.append(cell);
      });
      return made;
    }));
  }
  async function draw(id, picture, mine) {
    var element = $(id);
    if (id === "map") { $("no-map").hidden = !!picture; element.hidden = !picture; }
    if (!picture) { return; }
    var frame = JSON.stringify(Object.assign({}, picture.spec, { datasets: null }));
    if (views[id] && views[id].frame === frame) {
      Object.keys(picture.spec.datasets).forEach(function (name) { views[id].made.view.data(name, copy(picture.spec.datasets[name])); });
      await views[id].made.view.runAsync();
    } else {
      var made = await vegaEmbed(element, picture.spec, { mode: "vega-lite", renderer: "svg", actions: false, ast: true, tooltip: { theme: "light" }, logLevel: 1 });
      if (mine !== asked) { made.finalize(); return; }
      if (views[id]) { views[id].made.finalize(); }
      views[id] = { made: made, frame: frame };
    }
    element.setAttribute("aria-label", picture.alt);
    if (id === "map") { await turn(); }
  }
  async function turn() {
    $("year-shown").textContent = $("year").value;
    if (views.map) { await views.map.made.view.signal("year", +$("year").value).runAsync(); }
  }

  // what is pressed
  $("controls").addEventListener("input", function (event) { moved(event.target); });
  $("from").addEventListener("change", function () {
    var next = copy(state);
    next.from = +$("from").value;
    become(next);
  });
  $("reset").addEventListener("click", function () {
    var next = copy(state);
    next.set = {};
    become(next);
  });
  $("close").addEventListener("click", function () { become(copy(rest)); });
  ["figure", "mapped"].forEach(function (id) { $(id).addEventListener("change", ask); });
  $("year").addEventListener("input", turn);
  $("link").addEventListener("click", async function () {
    link();
    try { await navigator.clipboard.writeText(location.href); tell(words.copied, false); } catch (_) { tell(words.in_address, false); }
  });
  $("save").addEventListener("click", async function () {
    var found = await answer("/save", { state: state });
    if (!found) { return; }
    var told = await found.json(), made = document.createElement("a");
    made.href = URL.createObjectURL(new Blob([told.text], { type: "application/toml" }));
    made.download = told.name;
    made.click();
    setTimeout(function () { URL.revokeObjectURL(made.href); }, 1000);
  });
  $("open").addEventListener("click", function () { $("file").click(); });
  $("file").addEventListener("change", async function () {
    var file = $("file").files[0];
    $("file").value = "";
    if (!file) { return; }
    var found = await answer("/opened", { text: await file.text(), name: file.name });
    if (found) { await become(await found.json()); }
  });
  $("language").addEventListener("click", function (event) {
    event.preventDefault();
    location.href = event.currentTarget.getAttribute("href") + location.hash;
  });
  window.addEventListener("hashchange", function () { become(fromLink() || copy(rest)); });

  (async function () {
    await document.fonts.load('16px "JJJ Sans SC"');
    if (location.hash && fromLink()) { await become(state); } else { dress(); await ask(); }
  })();
})();
