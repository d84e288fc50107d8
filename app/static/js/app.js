// What htmx does not do by itself. Every page works without this file; with it, pages stay current and keep one's place.

// htmx's refresh of a list leaves an open row alone while the row is in the new list; when it is not (deleted by
// somebody else, or pushed to the next page), carry the open row over, so that nothing that is being typed is lost.
document.addEventListener("htmx:before:swap", (event) => {
  const { detail } = event;
  if (isPoll(detail.ctx) && isOutdated(detail.ctx)) return event.preventDefault();
  for (const task of detail.tasks) {
    const list = typeof task.target === "string" ? document.querySelector(task.target) : task.target;
    if (!list?.matches("[data-live-list]") || task.swapSpec.style !== "innerMorph") continue;
    for (const row of list.querySelectorAll(":scope > [data-editing]")) {
      if (!task.fragment.querySelector("#" + row.id)) task.fragment.prepend(row.cloneNode(true));
    }
  }
});

// Polling rests while nobody looks, and catches up at once when somebody does.
document.addEventListener("htmx:config:request", (event) => {
  if (isPoll(event.detail.ctx) && document.hidden) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.dispatchEvent(new CustomEvent("goldset:visible"));
});

// A server that does not answer: the poll says so quietly and goes on asking, a preview leaves that to the poll, and
// anything else says so as a message.
document.addEventListener("htmx:error", ({ detail }) => {
  if (!detail.ctx || isPreview(detail.ctx)) return;
  if (isPoll(detail.ctx)) tell("#live-status", "Not connected. Trying again …");
  else tell("#messages", "The server does not answer. What you typed is still here; try again in a moment.");
});
document.addEventListener("htmx:after:request", ({ detail }) => {
  const status = document.querySelector("#live-status[data-lost]");
  if (isPoll(detail.ctx) && status) {
    status.textContent = "";
    delete status.dataset.lost;
  }
});

// What was said of the last thing done is not true of the next one.
document.addEventListener("htmx:before:request", ({ detail }) => {
  if (!isPoll(detail.ctx) && !isPreview(detail.ctx)) document.querySelector("#messages").replaceChildren();
});

// Where the swap took the focused element away (a deleted row, a cancelled edit), go on from the list's heading.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (isPoll(detail.ctx) || document.activeElement !== document.body) return;
  document.querySelector("[data-list-heading]")?.focus({ preventScroll: true });
});

// A search that is typed slowly is asked for more than once; going back leaves it in one step, not beginning by beginning.
let lastSearched = null;
document.addEventListener("htmx:before:history:update", ({ detail }) => {
  const searched = document.activeElement.matches?.("input[type=search]") ? document.activeElement : null;
  if (searched && searched === lastSearched) detail.history.type = "replace";
  lastSearched = searched;
});
document.addEventListener("focusout", () => {
  lastSearched = null;
});
window.addEventListener("popstate", () => {
  lastSearched = null;
});

// A key that is held down does not act twice: the question after Delete is not answered by the key that opened it.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter" || !event.repeat) return;
    if (event.target.tagName === "TEXTAREA" && !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

let lastSent = 0;
// Ctrl + Enter (on a Mac, Command + Enter) sends the form one is typing in; pressed twice, it sends it once.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.matches?.("textarea, .form-foot input") && event.target.form;
  if (!form || Date.now() - lastSent < 500) return;
  lastSent = Date.now();
  event.preventDefault();
  const button = form.querySelector(`[data-sends="${CSS.escape(event.target.id)}"]`);
  if (button) button.click();
  else form.requestSubmit();
});

// Escape puts an open row back, unless something was typed into it.
document.addEventListener("keydown", (event) => {
  const row = event.key === "Escape" && event.target.closest?.(".row[data-editing]");
  if (!row) return;
  const typed = [...row.querySelectorAll("textarea, input:not([type=hidden])")].some((it) => it.value !== it.defaultValue);
  if (!typed) row.querySelector(".form-foot > a")?.click();
});

// Review by keyboard: a letter or digit does what the element that names it does. While somebody types, keys are text;
// Escape leaves the text again.
document.addEventListener("keydown", (event) => {
  const review = document.querySelector("[data-review]");
  if (!review || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const typing = event.target.matches?.("textarea, input:not([type=radio], [type=checkbox]), select");
  if (typing) {
    if (event.key === "Escape" && event.target.closest("[data-review]")) event.target.blur();
    return;
  }
  const wanted = { e: "#expected_output", r: "#reason" }[event.key];
  const target = wanted ? review.querySelector(wanted) : review.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const help = event.key === "?" && review.querySelector("[data-review-help]");
  if (help) help.open = !help.open;
  if (!target && !help) return;
  event.preventDefault();
  if (wanted) target.focus();
  else if (target) target.click();
});

// Folding a long text again does not lose one's place.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.(".fold:not([open])")) event.target.scrollIntoView({ block: "nearest" });
  },
  true,
);

// The answer to a poll that was asked before the filter changed is about another list than the one shown now.
function isOutdated(ctx) {
  return document.getElementById(ctx.sourceElement.id)?.getAttribute("hx-get") !== ctx.request.action;
}

function isPoll(ctx) {
  return ctx.sourceElement.hasAttribute("data-live");
}

function isPreview(ctx) {
  return ctx.sourceElement.hasAttribute("data-preview");
}

function tell(selector, sentence) {
  const place = document.querySelector(selector);
  if (!place || place.textContent === sentence) return;
  const paragraph = document.createElement("p");
  paragraph.className = "message";
  paragraph.textContent = sentence;
  if (selector === "#live-status") {
    place.textContent = sentence;
    place.dataset.lost = "";
  } else {
    place.replaceChildren(paragraph);
  }
}
