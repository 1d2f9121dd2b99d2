/* Sets the theme before anything is drawn. Loaded in the head, before the app. */
(function () {
  "use strict";
  var root = document.documentElement;
  var choice = null;
  try {
    choice = window.localStorage.getItem("clientele-theme");
  } catch (refused) {
    choice = null; // storage is switched off: follow the system
  }
  if (choice !== "light" && choice !== "dark") {
    choice = "system";
  }
  var isDark = choice === "dark" ||
    (choice === "system" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.themeChoice = choice;
  root.dataset.theme = isDark ? "dark" : "light";
  root.dataset.bsTheme = root.dataset.theme;
})();
