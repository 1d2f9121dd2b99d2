/* What labels mean: every label that the glossary knows can be hovered, focused and tapped. */
(function () {
  "use strict";
  var PLACES = "#page th, #page dt, #page .kpi-label, #page .field-label, #page .chip, " +
    "#page .ag-header-cell-text, #page .menu-button, #page .menu-item, #page .glossary-section a";
  var EXACT = ".chip";
  var HEADS = "th[scope='col'], .ag-header-cell-text";
  var SUBJECTS = ["segment", "feature", "lens", "import", "run", "value"];  /* what rows are about */
  var OWN = "a, button, input, select, summary, .term, .term-tip";
  var labels = {};
  var waiting = 0;
  var tip = null;
  var shownFor = null;
  var closing = 0;

  function known(text, exactly) {
    var plain = text.trim().replace(/\s+/g, " ").toLowerCase();
    var tries = [plain];
    if (!exactly) {
      tries.push(plain.replace(/ \([^()]*\)$/, ""));
      tries.push(plain.split(": ")[0]);
      tries.push(plain.replace(/, [^,]*$/, ""));
    }
    for (var i = 0; i < tries.length; i += 1) {
      if (Object.prototype.hasOwnProperty.call(labels, tries[i])) {
        return tries[i];
      }
    }
    return null;
  }

  function isSubject(element) {
    return element.matches(HEADS) &&
      SUBJECTS.indexOf(element.textContent.trim().toLowerCase()) >= 0;
  }

  function mark(element) {
    var isLink = element.matches("a, button, summary");
    var holds = !isLink && element.querySelector(OWN);
    var inside = element.closest(".term, .glossary dt");
    var label = holds || inside || isSubject(element) ? null : known(element.textContent, element.matches(EXACT));
    if (label === (element.dataset.explains || null)) {
      return;
    }
    if (label === null) {
      delete element.dataset.explains;
      if (element.dataset.stop) {
        element.removeAttribute("tabindex");
        delete element.dataset.stop;
      }
      return;
    }
    element.dataset.explains = label;
    if (!isLink && !element.hasAttribute("tabindex") && !element.closest("[role='columnheader']")) {
      element.tabIndex = 0;
      element.dataset.stop = "own";
    }
  }

  function markAll() {
    waiting = 0;
    document.querySelectorAll(PLACES).forEach(mark);
    if (shownFor && !shownFor.isConnected) {
      hide();
    }
  }

  function soon() {
    if (!waiting) {
      waiting = window.setTimeout(markAll, 120);
    }
  }

  function makeTip() {
    tip = document.createElement("div");
    tip.id = "term-pop";
    tip.className = "term-pop";
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
    tip.addEventListener("pointerenter", function () { window.clearTimeout(closing); });
    tip.addEventListener("pointerleave", hideSoon);
    document.body.appendChild(tip);
  }

  function show(element) {
    var found = labels[element.dataset.explains];
    if (!found) {
      return;
    }
    window.clearTimeout(closing);
    if (!tip) {
      makeTip();
    }
    hide();
    tip.textContent = found[0];
    if (found[1]) {
      var more = document.createElement("a");
      more.href = found[1];
      more.dataset.nav = "inside";
      more.tabIndex = -1;
      more.textContent = "Open in the glossary";
      tip.appendChild(more);
    }
    tip.hidden = false;
    shownFor = element;
    element.setAttribute("aria-describedby", "term-pop");
    place(element.getBoundingClientRect());
  }

  function place(box) {
    var gap = 6;
    var width = document.documentElement.clientWidth;
    var left = Math.min(Math.max(8, box.left), width - tip.offsetWidth - 8);
    var above = box.top - tip.offsetHeight - gap;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (above > 8 ? above : box.bottom + gap) + "px";
  }

  function hide() {
    window.clearTimeout(closing);
    if (shownFor) {
      shownFor.removeAttribute("aria-describedby");
      shownFor = null;
    }
    if (tip) {
      tip.hidden = true;
    }
  }

  function hideSoon() {
    window.clearTimeout(closing);
    closing = window.setTimeout(hide, 180);
  }

  function explained(event) {
    return event.target.closest ? event.target.closest("[data-explains]") : null;
  }

  document.addEventListener("pointerover", function (event) {
    var element = explained(event);
    if (element && element !== shownFor) {
      show(element);
    } else if (element) {
      window.clearTimeout(closing);
    }
  });
  document.addEventListener("pointerout", function (event) {
    if (explained(event) && document.activeElement !== shownFor) {
      hideSoon();
    }
  });
  document.addEventListener("focusin", function (event) {
    var element = explained(event);
    if (element) {
      show(element);
    } else if (shownFor && !tip.contains(event.target)) {
      hide();
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && shownFor) {
      hide();
    } else if (event.key === "Enter" && shownFor && shownFor === document.activeElement &&
        shownFor.dataset.stop && tip.querySelector("a")) {
      tip.querySelector("a").click();
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("#term-pop a")) {
      hide();
    }
  });
  window.addEventListener("scroll", function () {
    if (shownFor && shownFor === document.activeElement) {
      place(shownFor.getBoundingClientRect());  /* focus itself may have scrolled the page */
    } else {
      hide();
    }
  }, { passive: true, capture: true });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    terms: {
      learn: function (found) {
        labels = found || {};
        soon();
      }
    }
  });

  new MutationObserver(soon).observe(document.body, {
    childList: true, subtree: true, characterData: true
  });
})();
