/* Printing: paper is light, so the figures are drawn light first and as before afterwards. */
(function () {
  "use strict";
  var root = document.documentElement;
  var LONGEST_WAIT = 6000; // milliseconds

  function show(theme) {
    root.dataset.theme = theme;
    root.dataset.bsTheme = theme;
    window.dash_clientside.set_props("theme", { data: theme });
  }

  function whenDrawn(then) {
    var started = Date.now();
    var quiet = 0;
    var timer = window.setInterval(function () {
      quiet = document.querySelector("[data-dash-is-loading='true']") ? 0 : quiet + 1;
      if (quiet >= 4 || Date.now() - started > LONGEST_WAIT) {
        window.clearInterval(timer);
        then();
      }
    }, 120);
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-action='print']")) {
      return;
    }
    if (root.dataset.theme === "light") {
      window.setTimeout(function () { window.print(); }, 0);
      return;
    }
    window.addEventListener("afterprint", function () { show("dark"); }, { once: true });
    show("light");
    whenDrawn(function () { window.print(); });
  });
})();
