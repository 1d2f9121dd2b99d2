/* What the reader hears when a request fails: sign in again, or a sentence with its id. */
(function () {
  "use strict";
  var plainFetch = window.fetch;

  function toast(words) {
    var place = document.getElementById("toast");
    if (!place) {
      return;
    }
    place.textContent = words;
    place.dataset.open = "true";
    window.clearTimeout(toast.timer);
    toast.timer = window.setTimeout(function () { place.dataset.open = "false"; }, 8000);
  }

  function explain(response) {
    if (response.status === 401) {
      window.location.assign("/login?next=" +
        encodeURIComponent(window.location.pathname + window.location.search));
      return;
    }
    if (response.status === 403) {
      toast("Your role does not allow this.");
      return;
    }
    var id = response.headers.get("X-Request-Id");
    response.clone().json().then(
      function (answer) {
        var words = response.status === 400 && answer.error !== "Bad Request"
          ? answer.error : "Something went wrong; the rest of the page still works.";
        toast(words + " (request " + id + ")");
      },
      function () { toast("Something went wrong. (request " + id + ")"); }
    );
  }

  // Dash reads the text of a refusal twice, which a response allows once.
  function readableTwice(response) {
    var words = response.clone().text();
    response.text = function () { return words; };
  }

  window.fetch = function (address, options) {
    return plainFetch.call(window, address, options).then(
      function (response) {
        if (response.status >= 400 && String(address).indexOf("_dash-") !== -1) {
          explain(response);
          readableTwice(response);
        }
        return response;
      },
      function (failure) {
        if (String(address).indexOf("_dash-update-component") !== -1) {
          toast("The server does not answer. Check the connection and try again.");
        }
        throw failure;
      }
    );
  };
})();
