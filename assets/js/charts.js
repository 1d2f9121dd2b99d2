/* Chart cards: the table twin, and the drawing as a file. */
(function () {
  "use strict";
  var FONT = "/assets/0-vendor/3-inter/inter-latin-wght-normal.woff2";
  var TITLE = { size: 15, line: 21, perCharacter: 8.1, edge: 16 }; // pixels

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

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function lines(text, width) {
    var most = Math.max(20, Math.floor(width / TITLE.perCharacter));
    return text.split(" ").reduce(function (found, word) {
      var last = found[found.length - 1];
      if (last !== undefined && (last + " " + word).length <= most) {
        found[found.length - 1] = last + " " + word;
      } else {
        found.push(word);
      }
      return found;
    }, []);
  }

  /* An image may load nothing, so the font travels inside it. */
  function fontAsData() {
    return fetch(FONT).then(function (answer) { return answer.blob(); }).then(function (blob) {
      return new Promise(function (resolve, reject) {
        var reader = new FileReader();
        reader.onload = function () { resolve(reader.result); };
        reader.onerror = reject;
        reader.readAsDataURL(blob);
      });
    });
  }

  /* The file has what the card says: the finding above the drawing, on the card's ground. */
  function drawing(plot, title) {
    var size = plot.getBoundingClientRect();
    var width = Math.round(size.width) + 2 * TITLE.edge;
    var heading = lines(title, width - 2 * TITLE.edge);
    var above = heading.length * TITLE.line + TITLE.edge;
    var layout = JSON.parse(JSON.stringify(plot.layout));
    var margin = layout.margin || {};
    layout.paper_bgcolor = colour("--surface");
    var height = Math.round(size.height) + above + TITLE.edge;
    layout.title = {
      text: heading.map(escaped).join("<br>"),
      x: TITLE.edge / width, xref: "container", xanchor: "left",
      y: 1 - (TITLE.edge + 10) / height, yref: "container", yanchor: "top", automargin: false,
      font: { size: TITLE.size, color: colour("--ink"), weight: 600 }
    };
    layout.margin = Object.assign({}, margin, {
      t: (margin.t || 0) + above, l: (margin.l || 0) + TITLE.edge,
      r: (margin.r || 0) + TITLE.edge, b: (margin.b || 0) + TITLE.edge
    });
    layout.width = width;
    layout.height = height;
    return Promise.all([
      window.Plotly.toImage({ data: plot.data, layout: layout },
        { format: "svg", width: width, height: height, imageDataOnly: true }),
      fontAsData()
    ]).then(function (parts) {
      var style = "<style>@font-face{font-family:Inter;font-weight:100 900;src:url(" +
        parts[1] + ") format('woff2')}</style>";
      var svg = parts[0].replace(/(<svg[^>]*>)/, "$1" + style)
        .replace(/Inter Variable/g, "Inter");
      return { svg: svg, width: width, height: height };
    });
  }

  function asPng(image) {
    return new Promise(function (resolve, reject) {
      var picture = new Image();
      picture.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = image.width * 2;
        canvas.height = image.height * 2;
        // A font inside an image may be there a moment after the image itself.
        window.setTimeout(function () {
          canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
          canvas.toBlob(resolve, "image/png");
        }, 60);
      };
      picture.onerror = reject;
      picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(image.svg);
    });
  }

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-chart-download]");
    var card = button && button.closest(".panel");
    var plot = card && card.querySelector(".js-plotly-plot");
    if (!plot) {
      return;
    }
    var format = button.dataset.chartDownload;
    drawing(plot, button.dataset.chartTitle).then(function (image) {
      return format === "png" ? asPng(image) : new Blob([image.svg], { type: "image/svg+xml" });
    }).then(function (blob) {
      save(blob, "clientele-" + button.dataset.chartName + "." + format);
    });
  });
})();
