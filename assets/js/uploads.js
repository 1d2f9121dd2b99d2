/* Places to drop files: the hidden field that a keyboard reaches is called what the place says, and
   a file that is too large to be sent is told. */
(function () {
  "use strict";

  function name() {
    document.querySelectorAll(".drop-place input[type='file']:not([aria-label])")
      .forEach(function (field) {
        field.setAttribute("aria-label", field.closest(".drop-place").textContent.trim());
      });
  }

  function tell(place, files) {
    var limit = Number(place.dataset.largest);
    var large = Array.from(files || []).filter(function (file) { return file.size > limit; });
    place.querySelector(".drop-refusal").textContent = large.length
      ? large[0].name + " is larger than " + place.dataset.largestWords + "; it was not taken."
      : "";
  }

  function listen(kind, filesOf) {
    document.addEventListener(kind, function (event) {
      var place = event.target.closest && event.target.closest("[data-largest]");
      if (place) {
        tell(place, filesOf(event));
      }
    }, true);
  }

  listen("change", function (event) { return event.target.files; });
  listen("drop", function (event) { return event.dataTransfer && event.dataTransfer.files; });

  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
})();
