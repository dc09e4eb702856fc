/* The search page works without this file. It makes three things quicker: suggestions while typing,
   results that follow each choice, lists of values that narrow while one types. */
(function () {
  "use strict";

  var WAIT = 150; // milliseconds after the last key
  var byId = function (id) { return document.getElementById(id); };

  // --- suggestions: the combobox with a list of the ARIA Authoring Practices ---

  function suggest(input) {
    var list = document.createElement("ul");
    var options = [], active = -1, timer = 0, asking = null;
    list.id = input.id + "-suggestions";
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    list.hidden = true;
    input.insertAdjacentElement("afterend", list);
    input.parentElement.classList.add("has-suggestions");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    function close() {
      if (asking) asking.abort();
      clearTimeout(timer);
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(index) {
      options.forEach(function (option, at) {
        option.setAttribute("aria-selected", at === index ? "true" : "false");
      });
      active = index;
      if (index < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[index].id);
      options[index].scrollIntoView({ block: "nearest" });
    }

    function piece(name, text, attributes) {
      var element = document.createElement(name);
      element.textContent = text;
      Object.keys(attributes || {}).forEach(function (key) {
        element.setAttribute(key, attributes[key]);
      });
      return element;
    }

    function show(suggestions) {
      options = suggestions.map(function (one, index) {
        var option = piece("li", "", { role: "option", id: list.id + "-" + index, "aria-selected": "false", class: "suggestion" });
        if (one.symbol) option.append(piece("bdi", one.symbol, { dir: "ltr", class: "suggestion__symbol" }), " ");
        option.append(piece("span", one.title, { lang: one.lang, dir: one.dir, class: "suggestion__title" }), " ");
        option.append(piece("span", [one.kind_name, one.site_name].filter(Boolean).join(" · "), { class: "suggestion__where" }));
        option.dataset.url = one.url;
        return option;
      });
      list.replaceChildren.apply(list, options);
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", options.length ? "true" : "false");
    }

    function ask() {
      var text = input.value.trim();
      if (asking) asking.abort();
      // One Han character says as much as a few letters.
      if (text.length < 2 && !/[\u3400-\u9fff]/.test(text)) return close();
      asking = new AbortController();
      var scope = input.form.querySelector("input[name=scope]:checked");
      var query = new URLSearchParams({ q: text });
      if (scope) query.set("scope", scope.value);
      fetch(input.dataset.suggest + "?" + query, { headers: { Accept: "application/json" }, signal: asking.signal })
        .then(function (response) { return response.ok ? response.json() : { suggestions: [] }; })
        .then(function (told) { if (document.activeElement === input) show(told.suggestions); })
        .catch(function () { /* superseded by a later key, or offline: no suggestions */ });
    }

    function follow(option) {
      if (/^(https?:\/\/|\/(?!\/))/.test(option.dataset.url)) location.assign(option.dataset.url);
    }

    input.addEventListener("input", function (event) {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("compositionend", ask);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      var isOpen = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) return ask();
        var step = event.key === "ArrowDown" ? 1 : -1, count = options.length + 1;
        choose((active + 1 + step + count) % count - 1); // -1: in the box itself
      } else if (event.key === "Enter" && isOpen && active >= 0) {
        event.preventDefault();
        follow(options[active]);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        close();
      }
    });
    input.addEventListener("blur", close);
    if (input.form) input.form.addEventListener("submit", close);
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) follow(option);
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(suggest);

  // --- lists of values narrow while one types ---

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f\u0640\u064b-\u0652]/g, "").toLowerCase();
  }

  document.addEventListener("input", function (event) {
    if (!event.target.matches || !event.target.matches("[data-facet-find]")) return;
    var wanted = fold(event.target.value.trim());
    event.target.closest("[data-facet]").querySelectorAll("[data-entry]").forEach(function (entry) {
      var isChosen = entry.querySelector("input").checked;
      entry.hidden = !isChosen && fold(entry.querySelector(".facet__label").textContent).indexOf(wanted) < 0;
    });
  });

  // --- addresses without empty parameters, and results that follow each choice ---

  var form = byId("finder");
  if (!form) return;
  var USUAL = { scope: "site", sort: "relevance" };
  form.addEventListener("formdata", function (event) {
    Array.from(event.formData.entries()).forEach(function (pair) {
      if (pair[1] === "" || USUAL[pair[0]] === pair[1]) event.formData.delete(pair[0]);
    });
  });

  var live = document.querySelector("[data-finder-live]");
  if (!live) return;
  document.documentElement.classList.add("follows-choices");
  var latest = null;
  // What the results on the page answer to: a jump within the page asks for nothing new.
  var asked = function () { return location.pathname + location.search; };
  var shown = asked();

  function address() {
    return form.action.split("?")[0] + "?" + new URLSearchParams(new FormData(form));
  }

  function refresh(url, focused) {
    var open = Array.from(live.querySelectorAll("details[open]"), function (one) { return one.id; });
    if (latest) latest.abort();
    latest = new AbortController();
    live.setAttribute("aria-busy", "true");
    fetch(url, { headers: { Accept: "text/html" }, signal: latest.signal })
      .then(function (response) {
        if (!response.ok) throw new Error(String(response.status));
        return response.text().then(function (html) { return [response.url, html]; });
      })
      .then(function (told) {
        var page = new DOMParser().parseFromString(told[1], "text/html");
        live.replaceChildren.apply(live, Array.from(page.querySelector("[data-finder-live]").childNodes));
        live.removeAttribute("aria-busy");
        history.pushState({}, "", told[0]);
        shown = asked();
        document.title = page.title;
        open.forEach(function (id) { if (id && byId(id)) byId(id).open = true; });
        var count = live.querySelector("[data-finder-count]");
        document.querySelector("[data-finder-said]").textContent = count ? count.textContent.trim() : "";
        // The list may stand in another order now: the value says which box it was.
        var again = focused && Array.from(live.querySelectorAll("[data-finder-change]")).find(function (one) {
          return one.name === focused.name && (one.type !== "checkbox" || one.value === focused.value);
        });
        if (again) again.focus();
      })
      .catch(function (error) { if (error.name !== "AbortError") location.assign(url); });
  }

  document.addEventListener("change", function (event) {
    var control = event.target;
    if (control.form !== form || !control.matches("[data-finder-change]")) return;
    refresh(address(), control);
  });
  window.addEventListener("popstate", function () { if (asked() !== shown) location.reload(); });

  // --- the key "/" leads to the search box, unless it is wanted for something else ---

  var KEY = "finder-shortcut", box = document.querySelector("[data-finder-shortcut]");
  var isOn = function () { try { return localStorage.getItem(KEY) !== "off"; } catch (error) { return true; } };
  if (box) {
    var choice = box.querySelector("input");
    box.hidden = false;
    choice.checked = isOn();
    choice.addEventListener("change", function () {
      try { localStorage.setItem(KEY, choice.checked ? "on" : "off"); } catch (error) { choice.checked = true; }
    });
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    byId("results-query").focus();
    byId("results-query").select();
  });
})();
