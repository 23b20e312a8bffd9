(function () {
  "use strict";
  var told = JSON.parse(document.getElementById("pictures").textContent);
  var drawn = {}, views = {}, langs = ["en", "zh"];
  function spec(picture) {
    var datasets = {};
    Object.keys(picture.data).forEach(function (name) { datasets[name] = told.data[picture.data[name]]; });
    return Object.assign({}, picture.spec, { datasets: JSON.parse(JSON.stringify(datasets)), config: told.config });
  }
  function shown(element) { return element.getClientRects().length > 0; }
  async function draw(main) {
    for (var element of main.querySelectorAll("[data-picture]")) {
      var id = element.dataset.picture;
      if (drawn[id] || !shown(element)) { continue; }
      drawn[id] = true;
      var made = await vegaEmbed(element, spec(told.pictures[id]), {
        mode: "vega-lite", renderer: "svg", actions: false, ast: true, tooltip: { theme: "light" }, logLevel: 1 });
      views[id] = made.view;
    }
    main.dataset.drawn = "yes";
  }
  function speak(lang) {
    langs.forEach(function (one) {
      document.getElementById("part-" + one).hidden = one !== lang;
      document.getElementById("to-" + one).setAttribute("aria-pressed", String(one === lang));
    });
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = document.getElementById("part-" + lang).dataset.title;
    return draw(document.getElementById("part-" + lang));
  }
  async function turn(section) {
    var year = Number(section.querySelector("input[type=range]").value);
    section.querySelectorAll("[data-year]").forEach(function (place) { place.textContent = year; });
    for (var element of section.querySelectorAll("[data-picture]")) {
      var view = views[element.dataset.picture];
      if (view) { await view.signal("year", year).runAsync(); }
    }
  }
  langs.forEach(function (lang) {
    document.getElementById("to-" + lang).addEventListener("click", function () {
      history.replaceState(null, "", "#" + lang);
      speak(lang);
    });
  });
  document.querySelectorAll("[data-turned]").forEach(function (section) {
    section.querySelector("input[type=range]").addEventListener("input", function () { turn(section); });
    var choice = section.querySelector("select");
    if (choice) {
      choice.addEventListener("change", async function () {
        section.querySelectorAll("[data-variable]").forEach(function (grid) {
          grid.hidden = grid.dataset.variable !== choice.value;
        });
        await draw(section.closest("main"));
        await turn(section);
      });
    }
  });
  var asked = location.hash.slice(1).replace("part-", "").split("-")[0];
  speak(langs.indexOf(asked) >= 0 ? asked : document.body.dataset.lang);
})();
