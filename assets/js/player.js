/* The player: frames of two drawings, one after the other, by button, slider or key. */
(function () {
  "use strict";
  var PAUSE = 700; // milliseconds between frames; nothing moves in between
  var timers = new WeakMap();

  function parts(player) {
    return {
      plots: player.querySelectorAll(".js-plotly-plot"),
      slider: player.querySelector("[data-player-slider] input"),
      words: player.querySelector("[data-player-words]"),
      play: player.querySelector("[data-player='play']")
    };
  }

  function last(player) {
    return Number(parts(player).slider.max);
  }

  function show(player, wanted) {
    var found = parts(player);
    var position = Math.max(0, Math.min(last(player), wanted));
    found.slider.value = String(position);
    player.dataset.position = String(position);
    found.plots.forEach(function (plot) {
      if (plot._transitionData && plot._transitionData._frameHash[String(position)]) {
        window.Plotly.animate(plot, [String(position)], {
          mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: true }
        });
      }
      if (plot.layout && plot.layout.meta) {
        found.words.textContent = plot.layout.meta[position];
        found.slider.setAttribute("aria-valuetext", plot.layout.meta[position]);
      }
    });
    return position;
  }

  function current(player) {
    var kept = player.dataset.position;
    return kept === undefined ? last(player) : Number(kept);
  }

  function stop(player) {
    window.clearInterval(timers.get(player));
    timers.delete(player);
    parts(player).play.textContent = "Play";
  }

  function play(player) {
    var position = current(player) >= last(player) ? show(player, 0) : current(player);
    parts(player).play.textContent = "Pause";
    timers.set(player, window.setInterval(function () {
      if (!document.body.contains(player)) {
        window.clearInterval(timers.get(player));
        return;
      }
      position = show(player, current(player) + 1);
      if (position >= last(player)) {
        stop(player);
      }
    }, PAUSE));
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-player]");
    var player = button && button.closest(".player");
    if (!player) {
      return;
    }
    var playing = timers.has(player);
    stop(player);
    switch (button.dataset.player) {
      case "first": show(player, 0); break;
      case "back": show(player, current(player) - 1); break;
      case "next": show(player, current(player) + 1); break;
      case "last": show(player, last(player)); break;
      default: if (!playing) { play(player); }
    }
  });

  document.addEventListener("input", function (event) {
    var player = event.target.closest("[data-player-slider]") && event.target.closest(".player");
    if (player) {
      stop(player);
      show(player, Number(event.target.value));
    }
  });
})();
