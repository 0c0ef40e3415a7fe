// What happens in the browser? Clicks and keys become events for the server; what comes back is shown, marked and read out.
// Gradio runs this once for the hidden element `bus`: `trigger` sends an event, each of them named in EVENTS.
const EVENTS = ["ask", "stop", "article", "open", "forget", "rename", "find", "feedback", "library", "add", "remove", "evaluations"];
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const send = (name, data = {}) => { if (EVENTS.includes(name)) trigger(name, data); };
const stored = (name, otherwise) => {
  try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; }
};
const store = (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* private window */ } };

const page = {
  conversation: new URLSearchParams(location.search).get("c") || "",
  filters: { outlets: [], after: "", before: "", article_ids: [] },
  settings: stored("onrecord.settings", {}),
  insteadOf: "",
  opener: null,
};

// ---- look ------------------------------------------------------------------------------------------------------
const dark = matchMedia("(prefers-color-scheme: dark)");
function paint() {
  const chosen = stored("onrecord.theme", "");
  document.body.classList.toggle("dark", chosen ? chosen === "dark" : dark.matches);
}
dark.addEventListener("change", paint);
paint();

function say(words) {
  const status = one("#said");
  if (status) status.textContent = words;
}

// ---- asking ----------------------------------------------------------------------------------------------------
const busy = () => one("#transcript .turn.asking") !== null;

function ask(question, insteadOf = "") {
  if (!question.trim() || busy()) return;
  show("chat");
  say("Searching your articles");
  send("ask", { question, conversation: page.conversation, filters: page.filters, settings: page.settings, instead_of: insteadOf });
}

function submit() {
  const field = one("#question");
  if (!field || busy() || !field.value.trim()) return;
  ask(field.value, page.insteadOf);
  field.value = "";
  page.insteadOf = "";
  fit(field);
}

function fit(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
}

function questionOf(turn) { return one(".question", turn)?.textContent ?? ""; }

let announced = "";
function transcriptChanged() {
  const turns = one("#transcript .turns");
  if (!turns) return;
  const name = turns.dataset.conversation;
  if (name !== page.conversation || name !== (new URLSearchParams(location.search).get("c") || "")) {
    page.conversation = name;
    history.replaceState(null, "", name ? `?c=${encodeURIComponent(name)}` : location.pathname);
    all("#conversations [data-conversation]").forEach((item) => item.toggleAttribute("aria-current", item.dataset.conversation === name));
  }
  const turn = one("#transcript .turn:last-of-type");
  document.body.classList.toggle("busy", busy());
  document.body.classList.toggle("empty", turn === null);
  all("#composer .export").forEach((link) => {
    link.hidden = !name;
    link.href = `onrecord/conversation/${encodeURIComponent(name)}.${link.dataset.kind}`;
  });
  if (!turn) return;
  const state = `${turn.id} ${turn.className}`;
  if (state === announced) return;
  announced = state;
  if (turn.classList.contains("asking")) turn.scrollIntoView({ block: "start", behavior: calm() });
  else say(all(".answer, .failure, .notice", turn).map((part) => part.innerText).join(" ").replace(/\s+/g, " "));
}

const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

// ---- the panel beside ------------------------------------------------------------------------------------------
function beside(what) {
  document.body.dataset.side = what;
  all("[data-do=side]").forEach((button) => button.setAttribute("aria-expanded", String(button.dataset.side === what)));
}

function openArticle(button) {
  page.opener = button;
  all(".reading").forEach((item) => item.classList.remove("reading"));
  button.classList.add("reading");
  beside("article");
  const { article, version, start, end, spans } = button.dataset;
  send("article", { article, version, start, end, spans, at: Date.now() });
}

function closeSide() {
  beside("");
  all(".reading").forEach((item) => item.classList.remove("reading"));
  if (page.opener?.isConnected) page.opener.focus();
  page.opener = null;
}

function articleChanged() {
  const paper = one("#article .paper");
  if (!paper || document.body.dataset.side !== "article") return;
  const marked = one("mark", paper);
  const title = one(".article-title", paper);
  title?.focus({ preventScroll: true });
  if (marked) marked.scrollIntoView({ block: "center", behavior: "auto" });
  else one("#side").scrollTop = 0;
}

// ---- cards over citations --------------------------------------------------------------------------------------
let shownCard = null;
function hideCard() { shownCard?.classList.remove("shown"); shownCard = null; }
function showCard(cite) {
  hideCard();
  const card = cite.nextElementSibling;
  if (!card?.classList.contains("card")) return;
  card.classList.add("shown");
  const place = cite.getBoundingClientRect();
  const size = card.getBoundingClientRect();
  const left = Math.max(8, Math.min(place.left - 12, innerWidth - size.width - 8));
  const above = place.top - size.height - 8;
  card.style.left = `${left}px`;
  card.style.top = `${above > 8 ? above : place.bottom + 8}px`;
  shownCard = card;
}
document.addEventListener("pointerover", (event) => {
  const cite = event.target.closest?.(".cite");
  if (cite && event.pointerType !== "touch") showCard(cite);
  else if (!event.target.closest?.(".card")) hideCard();
});
document.addEventListener("focusin", (event) => (event.target.matches?.(".cite:focus-visible") ? showCard(event.target) : hideCard()));
document.addEventListener("scroll", hideCard, true);

// ---- views -----------------------------------------------------------------------------------------------------
function show(view) {
  document.body.dataset.view = view;
  document.body.classList.remove("drawer");
  all("#masthead [data-do=view]").forEach((button) => button.setAttribute("aria-current", button.dataset.view === view ? "page" : "false"));
  if (view === "evaluations") send("evaluations", {});
}

// ---- filters ---------------------------------------------------------------------------------------------------
function filtersChanged() {
  const place = one("#filters");
  if (!place) return;
  const { outlets, after, before, article_ids } = page.filters;
  const facts = outlets.map((outlet) => ["outlet", outlet, outlet]);
  if (after) facts.push(["after", after, `from ${after}`]);
  if (before) facts.push(["before", before, `before ${before}`]);
  article_ids.forEach((id) => facts.push(["article", id, page.titles?.[id] || id]));
  place.replaceChildren(...facts.map(([kind, value, words]) => {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.dataset.do = "unfilter";
    chip.dataset.kind = kind;
    chip.dataset.value = value;
    chip.textContent = `${words} ×`;
    chip.setAttribute("aria-label", `Remove the filter ${words}`);
    return chip;
  }));
  place.hidden = facts.length === 0;
}

async function copy(words) {
  try { await navigator.clipboard.writeText(words); } catch {
    const field = document.createElement("textarea");
    field.value = words;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  say("Copied");
}

const actions = {
  article: openArticle,
  "close-side": closeSide,
  side: (button) => (document.body.dataset.side === button.dataset.side ? closeSide() : (page.opener = button, beside(button.dataset.side))),
  view: (button) => show(button.dataset.view),
  example: (button) => ask(button.textContent),
  stop: () => send("stop", { turn: one("#transcript .turn.asking")?.dataset.turn || "" }),
  retry: (button) => { const turn = button.closest(".turn"); ask(questionOf(turn), turn.dataset.turn); },
  edit: (button) => {
    const turn = button.closest(".turn");
    const field = one("#question");
    field.value = questionOf(turn);
    page.insteadOf = turn.dataset.turn;
    field.focus();
    fit(field);
  },
  copy: (button) => { copy(button.dataset.words); button.textContent = "Copied"; },
  theme: () => { store("onrecord.theme", document.body.classList.contains("dark") ? "light" : "dark"); paint(); },
  drawer: () => document.body.classList.toggle("drawer"),
  "new": () => { show("chat"); closeSide(); send("open", { conversation: "" }); one("#question")?.focus(); },
  open: (button) => { show("chat"); send("open", { conversation: button.dataset.conversation }); },
  unfilter: (chip) => {
    const { kind, value } = chip.dataset;
    const filters = page.filters;
    if (kind === "outlet") filters.outlets = filters.outlets.filter((outlet) => outlet !== value);
    else if (kind === "article") filters.article_ids = filters.article_ids.filter((id) => id !== value);
    else filters[kind] = "";
    filtersChanged();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-do]");
  if (button && actions[button.dataset.do]) actions[button.dataset.do](button, event);
});
document.addEventListener("submit", (event) => {
  if (event.target.id === "ask-form") { event.preventDefault(); submit(); }
});
document.addEventListener("keydown", (event) => {
  if (event.target.id === "question" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape") {
    if (shownCard) hideCard();
    else if (document.body.classList.contains("drawer")) document.body.classList.remove("drawer");
    else if (busy()) actions.stop();
    else if (document.body.dataset.side) closeSide();
  } else if (event.key === "/" && !event.target.matches?.("input, textarea, select")) {
    event.preventDefault();
    one("#question")?.focus();
  }
});
document.addEventListener("input", (event) => { if (event.target.id === "question") fit(event.target); });

function follow(selector, changed) {
  const place = one(selector);
  if (!place) { requestAnimationFrame(() => follow(selector, changed)); return; }
  new MutationObserver(changed).observe(place, { childList: true, subtree: true, attributes: true, characterData: true });
  changed();
}
document.body.dataset.view = "chat";
document.body.dataset.side = "";
follow("#transcript", transcriptChanged);
follow("#article", articleChanged);
