/* Links inside the app: the URL changes, the page stays. */
(function () {
  "use strict";

  function isPlainClick(event) {
    return event.button === 0 && !event.defaultPrevented &&
      !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-nav='inside']");
    if (!link || !isPlainClick(event) || link.origin !== window.location.origin) {
      return;
    }
    event.preventDefault();
    if (link.href === window.location.href) {
      return;
    }
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  });
})();
