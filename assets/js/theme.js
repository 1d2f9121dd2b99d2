/* The theme: what the reader chose, what that means now, and telling the figures. */
(function () {
  "use strict";
  var KEY = "clientele-theme";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function resolved(choice) {
    if (choice === "light" || choice === "dark") {
      return choice;
    }
    return system.matches ? "dark" : "light";
  }

  function markChoice() {
    document.querySelectorAll("[data-theme-choice].menu-item").forEach(function (button) {
      button.setAttribute("aria-pressed",
        String(button.dataset.themeChoice === root.dataset.themeChoice));
    });
  }

  function apply(choice) {
    var theme = resolved(choice);
    root.dataset.themeChoice = choice;
    if (root.dataset.theme !== theme) {
      root.dataset.theme = theme;
      root.dataset.bsTheme = theme;
      window.dash_clientside.set_props("theme", { data: theme });
    }
    markChoice();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-theme-choice]");
    if (!button) {
      return;
    }
    try {
      window.localStorage.setItem(KEY, button.dataset.themeChoice);
    } catch (refused) {
      // Storage is switched off: the choice holds until the page is left.
    }
    apply(button.dataset.themeChoice);
  });
  system.addEventListener("change", function () {
    apply(root.dataset.themeChoice);
  });
  window.addEventListener("storage", function (event) {
    if (event.key === KEY) {
      apply(event.newValue || "system");
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    theme: {
      /* Fills the store before the first tab arrives, so that figures are drawn once. */
      resolve: function () {
        var known = window.clienteleThemeKnown;
        markChoice();
        if (known === root.dataset.theme) {
          return window.dash_clientside.no_update;
        }
        window.clienteleThemeKnown = root.dataset.theme;
        return root.dataset.theme;
      }
    }
  });
})();
