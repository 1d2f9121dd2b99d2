/* Menus close on Escape, on a click elsewhere and after a choice; the header's own actions. */
(function () {
  "use strict";

  function closeAll(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== except) {
        menu.open = false;
      }
    });
  }

  document.addEventListener("click", function (event) {
    var inside = event.target.closest("details.menu");
    var chosen = event.target.closest(".menu-item");
    closeAll(chosen ? null : inside);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") {
      return;
    }
    var open = document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (event.target.closest && event.target.closest(".lookup")) {
      event.target.blur();
    }
  });

  document.addEventListener("keydown", function (event) {
    var menu = event.target.closest && event.target.closest("details.menu[open]");
    if (!menu || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) {
      return;
    }
    var items = Array.from(menu.querySelectorAll(".menu-item:not([disabled])"));
    var step = event.key === "ArrowDown" ? 1 : -1;
    var at = items.indexOf(document.activeElement);
    var next = items[(at + step + items.length) % items.length];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  function say(words) {
    window.dash_clientside.set_props("announcement", { children: words });
  }

  function copied(button) {
    var words = button.textContent;
    button.textContent = "Copied";
    say("The link to this view is copied.");
    window.setTimeout(function () { button.textContent = words; }, 1600);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-action]");
    if (!button) {
      return;
    }
    if (button.dataset.action === "copy-link") {
      navigator.clipboard.writeText(window.location.href).then(
        function () { copied(button); },
        function () { say("The link could not be copied; it is in the address bar."); }
      );
    }
  });
})();
