// What htmx does not do by itself. Every page works without this file; with it, pages stay current and keep one's place.

// htmx's refresh of a list leaves an open row alone while the row is in the new list; when it is not (deleted by
// somebody else, or pushed to the next page), carry the open row over, so that nothing that is being typed is lost.
document.addEventListener("htmx:before:swap", ({ detail }) => {
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

// A server that does not answer: the poll says so quietly and goes on asking; anything else says so as a message.
document.addEventListener("htmx:error", ({ detail }) => {
  if (!detail.ctx) return;
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
  if (!isPoll(detail.ctx)) document.querySelector("#messages").replaceChildren();
});

// Where the swap took the focused element away (a deleted row, a cancelled edit), go on from the list's heading.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (isPoll(detail.ctx) || document.activeElement !== document.body) return;
  document.querySelector("[data-list-heading]")?.focus({ preventScroll: true });
});

// Ctrl + Enter (on a Mac, Command + Enter) sends the form one is typing in.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.tagName !== "TEXTAREA") return;
  event.preventDefault();
  event.target.form?.requestSubmit();
});

function isPoll(ctx) {
  return ctx.sourceElement.hasAttribute("data-live");
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
