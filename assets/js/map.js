/* The map: what dragging over it does, chosen by the small buttons of its card. */
(function () {
  "use strict";

  function press(card, chosen) {
    card.querySelectorAll("[data-map-drag][aria-pressed]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button === chosen));
    });
  }

  function reset(plot) {
    window.Plotly.relayout(plot, {
      "xaxis.range": plot.dataset.homeX.split(",").map(Number),
      "yaxis.range": plot.dataset.homeY.split(",").map(Number),
      dragmode: false,
      selections: []
    });
    window.Plotly.restyle(plot, { selectedpoints: null });
    plot.emit("plotly_deselect");
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-map-drag]");
    var card = button && button.closest(".panel");
    var plot = card && card.querySelector(".js-plotly-plot");
    if (!plot || !plot.layout) {
      return;
    }
    if (!plot.dataset.homeX) { /* the range before the first zoom */
      plot.dataset.homeX = plot.layout.xaxis.range.join(",");
      plot.dataset.homeY = plot.layout.yaxis.range.join(",");
    }
    if (button.dataset.mapDrag === "reset") {
      press(card, null);
      reset(plot);
      return;
    }
    var isOn = button.getAttribute("aria-pressed") === "true";
    press(card, isOn ? null : button);
    window.Plotly.relayout(plot, { dragmode: isOn ? false : button.dataset.mapDrag });
  });
})();
