/* Everything works without this file. It makes a few things quicker. */
(function () {
  "use strict";

  // A video is a link to its page; used here, it plays in place. Nothing is loaded before.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-embed]");
    if (!link || !/^https:\/\//.test(link.dataset.embed)) return;
    event.preventDefault();
    var frame = document.createElement("iframe");
    frame.src = link.dataset.embed;
    frame.title = link.dataset.title || link.textContent.trim();
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    link.replaceWith(frame);
    frame.focus();
  });

  // <button data-print hidden> prints the page.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // <div data-filter="#list" hidden><input></div> narrows a long list while one types.
  document.querySelectorAll("[data-filter]").forEach(function (box) {
    var input = box.querySelector("input");
    var list = document.querySelector(box.dataset.filter);
    if (!input || !list) return;
    var fold = function (text) {
      return text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u0652]/g, "").toLowerCase();
    };
    var entries = Array.prototype.map.call(list.querySelectorAll("[data-entry]"), function (entry) {
      return { entry: entry, text: fold(entry.textContent) };
    });
    var groups = list.querySelectorAll("[data-entry-group]");
    box.hidden = false;
    input.addEventListener("input", function () {
      var wanted = fold(input.value.trim());
      entries.forEach(function (item) { item.entry.hidden = item.text.indexOf(wanted) < 0; });
      groups.forEach(function (group) {
        group.hidden = !group.querySelector("[data-entry]:not([hidden])");
      });
    });
  });

  // Suggestions while typing are fetched, script and all, when somebody is about to search.
  document.addEventListener("focusin", function (event) {
    var source = event.target.dataset && event.target.dataset.suggestScript;
    if (!source || document.querySelector("script[src='" + source + "']")) return;
    var script = document.createElement("script");
    script.src = source;
    document.head.append(script);
  });

  // Escape closes the menu that "#site-menu" opened.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && location.hash === "#site-menu") {
      location.hash = "#content";
      var opener = document.querySelector(".menu-button");
      if (opener) opener.focus();
    }
  });
})();
