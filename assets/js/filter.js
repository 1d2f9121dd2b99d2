/* A field above a table hides the rows that lack one of its words, and says how many are left. */
(function () {
  "use strict";

  document.addEventListener("input", function (event) {
    var bar = event.target.closest("[data-filters]");
    var frame = bar && document.getElementById(bar.dataset.filters);
    if (!frame) {
      return;
    }
    var words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    var left = 0;
    frame.querySelectorAll("tbody tr").forEach(function (row) {
      var text = row.textContent.toLowerCase();
      row.hidden = !words.every(function (word) { return text.includes(word); });
      left += row.hidden ? 0 : 1;
    });
    var status = bar.querySelector("[role='status']");
    if (status) {
      status.textContent = left + (left === 1 ? " feature" : " features");
    }
  });
})();
