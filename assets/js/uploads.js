/* Places to drop files: the hidden field that a keyboard reaches is called what the place says. */
(function () {
  "use strict";

  function name() {
    document.querySelectorAll(".drop-place input[type='file']:not([aria-label])")
      .forEach(function (field) {
        field.setAttribute("aria-label", field.closest(".drop-place").textContent.trim());
      });
  }

  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
})();
