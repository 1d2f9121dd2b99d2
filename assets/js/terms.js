/* What labels mean: every label that the glossary knows can be hovered, focused and tapped.

   A label that brings a key (data-word: a feature's name, or a term's) is looked up by it; others
   are known by their text. Labels inside a drawing answer to a pointer: the table twin says the same
   to keyboards and listeners, as a drawing is one image to them. */
(function () {
  "use strict";
  var PLACES = "#page th, #page dt, #page legend, #page .kpi-label, #page .field-label, " +
    "#page .chip, #page .ag-header-cell-text, #page .menu-button, #page .menu-item, " +
    "#page .segmented-choice, #page .glossary-section a, [data-word]";
  var DRAWN = ".drawing .xtick text, .drawing .ytick text, .drawing .angularaxistick text, " +
    ".drawing .xtitle, .drawing .ytitle, .drawing .cbtitle text, .drawing .annotation-text";
  var EXACT = ".chip";
  var AMBIGUOUS = ["value"];  /* the head of any column of values, not what customers are worth */
  var OWN = "a, button, input, select, summary, [data-word]";
  var LINKS = "a, button, summary";
  var FINGER = 8;  /* pixels around a text that a tap on it may miss */
  var labels = {};
  var waiting = 0;
  var tip = null;
  var shownFor = null;
  var closing = 0;

  function has(text) {
    return Object.prototype.hasOwnProperty.call(labels, text);
  }

  function simple(text) {
    return text.trim().replace(/\s+/g, " ").toLowerCase();
  }

  /* "Segments", "Component 2": one of several is what the term says. */
  function singular(text) {
    return text.replace(/s$| \d+$/, "");
  }

  function known(text, exactly) {
    var plain = simple(text);
    var tries = [plain];
    if (!exactly) {
      tries.push(plain.replace(/ \([^()]*\)$/, ""));
      tries.push(plain.split(": ")[0]);
      tries.push(plain.replace(/, [^,]*$/, ""));
    }
    return tries.find(has) || !exactly && tries.map(singular).find(has) || null;
  }

  function ofLabel(element) {
    var word = element.dataset.word;
    if (word) {
      return has(word) ? word : null;
    }
    var holds = !element.matches(LINKS) && element.querySelector(OWN);
    if (holds || element.closest(".glossary dt")) {
      return null;
    }
    var found = known(element.textContent, element.matches(EXACT));
    var isHead = element.matches("th, .ag-header-cell-text");
    return isHead && AMBIGUOUS.indexOf(found) >= 0 ? null : found;
  }

  function explain(element, key) {
    if (key === (element.dataset.explains || null)) {
      return;
    }
    if (key === null) {
      delete element.dataset.explains;
      if (element.dataset.stop) {
        element.removeAttribute("tabindex");
        delete element.dataset.stop;
      }
      return;
    }
    element.dataset.explains = key;
    if (!element.matches(LINKS) && !element.hasAttribute("tabindex") &&
        !element.closest("[role='columnheader']")) {
      element.tabIndex = 0;
      element.dataset.stop = "own";
    }
  }

  /* What takes the focus explains: of a label inside a link, the link. */
  function mark(element) {
    if (!element.dataset.word && element.querySelector("[data-word]")) {
      return;
    }
    explain(element.dataset.word && element.closest(LINKS) || element, ofLabel(element));
  }

  /* A text of a drawing as it was given to Plotly: its lines joined, without emphasis. */
  function drawn(element) {
    var given = element.dataset.unformatted || element.textContent;
    return given.replace(/<span.*?<\/span>/g, "").replace(/<br ?\/?>/g, " ")
      .replace(/<\/?(b|i|sup|sub)>/g, "").replace(/&#36;/g, "$").replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  }

  /* The feature whose label the text is or begins with: one of those that the card names. */
  function ofCard(element, text) {
    var plain = simple(text).replace(/^(median|share of|total) /, "");
    var start = /…$/.test(plain) ? plain.slice(0, -1).trim() : null;
    var found = null;
    element.closest(".panel").querySelectorAll("[data-word]").forEach(function (label) {
      var name = simple(label.textContent);
      var fits = start ? name.indexOf(start) === 0 :
        plain.indexOf(name) === 0 && !/^[^,:( ]/.test(plain.slice(name.length));
      if (fits && has(label.dataset.word) && (!found || name.length > found.length)) {
        found = { key: label.dataset.word, length: name.length };
      }
    });
    return found && found.key;
  }

  function markDrawn(element) {
    var text = drawn(element);
    var key = ofCard(element, text) || known(text);
    if (key) {
      element.dataset.explains = key;
    } else {
      delete element.dataset.explains;
    }
  }

  function markAll() {
    waiting = 0;
    document.querySelectorAll(PLACES).forEach(mark);
    document.querySelectorAll(DRAWN).forEach(markDrawn);
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
    tip.textContent = (element.dataset.about ? element.dataset.about + ". " : "") + found[0];
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

  /* A finger is wider than a text, and what it is taken to touch is the drawing around it. */
  function touched(event) {
    var drawing = event.target.closest ? event.target.closest(".drawing") : null;
    var texts = drawing ? drawing.querySelectorAll("text[data-explains]") : [];
    return Array.prototype.find.call(texts, function (text) {
      var box = text.getBoundingClientRect();
      return event.clientX >= box.left - FINGER && event.clientX <= box.right + FINGER &&
        event.clientY >= box.top - FINGER && event.clientY <= box.bottom + FINGER;
    });
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
    var lifted = event.pointerType === "touch";  /* a finger leaves where it has tapped */
    if (explained(event) && document.activeElement !== shownFor && !lifted) {
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
    var element = touched(event) || explained(event);
    if (element && element.closest(".drawing")) {
      show(element);
    } else if (shownFor && !element && (!tip.contains(event.target) || event.target.closest("a"))) {
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
