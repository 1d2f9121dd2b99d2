/* Arriving at a page: its title, the top of it, and the current tab in sight. */
(function () {
  "use strict";
  var shown = null;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    page: {
      arrive: function (state) {
        if (state) {
          document.title = state.title + " · Clientele";
          if (shown !== null && shown !== state.page) {
            window.scrollTo(0, 0);
            window.dash_clientside.set_props("announcement", { children: state.title });
          }
          shown = state.page;
        }
      }
    }
  });

  /* On a phone the tabs scroll sideways: keep the current one in view. */
  new MutationObserver(function () {
    var tabs = document.getElementById("tabs");
    var current = tabs && tabs.querySelector("[aria-current='page']");
    if (current && tabs.dataset.at !== current.getAttribute("href")) {
      tabs.dataset.at = current.getAttribute("href");
      var left = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
      tabs.scrollTo({ left: Math.max(0, left) });
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
