/* Chart cards: the table twin, and the drawing as a file. */
(function () {
  "use strict";

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    charts: {
      toggle: function (clicks) {
        var showsTable = clicks % 2 === 1;
        if (!showsTable) {
          window.setTimeout(function () { window.dispatchEvent(new Event("resize")); }, 0);
        }
        return [showsTable, !showsTable, String(showsTable)];
      }
    }
  });

  function colour(name) {
    return window.getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  /* The file has what the card says: the finding above the drawing, on the card's ground. */
  function asFile(plot, button) {
    var size = plot.getBoundingClientRect();
    var layout = JSON.parse(JSON.stringify(plot.layout));
    var margin = layout.margin || {};
    layout.paper_bgcolor = colour("--surface");
    layout.title = {
      text: button.dataset.chartTitle.replace(/&/g, "&amp;").replace(/</g, "&lt;"),
      x: 0, xref: "paper", xanchor: "left", y: 1, yref: "container", yanchor: "top",
      pad: { t: 14 }, font: { size: 15, color: colour("--ink"), weight: 600 }
    };
    layout.margin = Object.assign({}, margin, { t: (margin.t || 0) + 48 });
    return window.Plotly.downloadImage(
      { data: plot.data, layout: layout },
      {
        format: button.dataset.chartDownload,
        filename: "clientele-" + button.dataset.chartName,
        width: Math.round(size.width),
        height: Math.round(size.height) + 48,
        scale: 2
      }
    );
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-chart-download]");
    var card = button && button.closest(".panel");
    var plot = card && card.querySelector(".js-plotly-plot");
    if (plot) {
      asFile(plot, button);
    }
  });
})();
