// What happens in the browser? Clicks and keys become events for the server; what comes back is shown, marked and read out.
// Gradio runs this once for the hidden element `bus`: `trigger` sends an event, each of them named in EVENTS.
const EVENTS = ["ask", "stop", "article", "open", "forget", "rename", "find", "feedback", "library", "take_in", "take_out", "evaluations"];
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
  const name = turns?.dataset.conversation;
  if (name === undefined) return;  // the server has not said yet what the address asked for
  if (name !== page.conversation || name !== (new URLSearchParams(location.search).get("c") || "")) {
    page.conversation = name;
    history.replaceState(null, "", name ? `?c=${encodeURIComponent(name)}` : location.pathname);
    all("#conversations .open").forEach((item) => {
      if (item.dataset.conversation === name) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    });
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
  turn.scrollIntoView({ block: "start", behavior: "auto" });
  if (!turn.classList.contains("asking")) say(all(".answer, .failure, .notice", turn).map((part) => part.innerText).join(" ").replace(/\s+/g, " "));
}

const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

// ---- the panel beside ------------------------------------------------------------------------------------------
function beside(what) {
  document.body.dataset.side = what;
  if (what) document.body.classList.remove("drawer");
  if (what === "library") { show("chat"); refreshLibrary(); }
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

// ---- the library -----------------------------------------------------------------------------------------------
const library = { shown: 50, find: "" };
const librarySends = (extra = {}) => ({ ...page.filters, find: library.find, shown: library.shown, ...extra });
function refreshLibrary() { send("library", librarySends()); }

function narrow(form) {
  const said = new FormData(form);
  page.filters.outlets = said.getAll("outlet");
  page.filters.after = said.get("after") || "";
  page.filters.before = said.get("before") || "";
  filtersChanged();
  refreshLibrary();
}

let dragFrom = null;
function dragTo(bar) {
  const bars = all("#shelf .bar");
  const [first, last] = [bars.indexOf(dragFrom), bars.indexOf(bar)].sort((a, b) => a - b);
  bars.forEach((item, place) => item.classList.toggle("in", place >= first && place <= last));
  return [bars[first].dataset.first, bars[last].dataset.last];
}
document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest?.("#shelf .bar");
  if (!bar) return;
  event.preventDefault();
  dragFrom = bar;
  dragTo(bar);
});
document.addEventListener("pointermove", (event) => {
  const bar = dragFrom && document.elementFromPoint(event.clientX, event.clientY)?.closest?.("#shelf .bar");
  if (bar) dragTo(bar);
});
document.addEventListener("pointerup", (event) => {
  if (!dragFrom) return;
  const bar = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("#shelf .bar") || dragFrom;
  [page.filters.after, page.filters.before] = dragTo(bar);
  dragFrom = null;
  filtersChanged();
  refreshLibrary();
});

async function addArticles(form) {
  const uploads = [];
  all(".failure", form).forEach((line) => line.remove());
  for (const file of form.elements.files.files) {
    say(`Uploading ${file.name}`);
    const answer = await fetch(`onrecord/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
    const told = await answer.text();
    if (answer.ok) uploads.push(told);
    else { const line = document.createElement("p"); line.className = "failure"; line.textContent = told; form.append(line); }
  }
  const addresses = form.elements.addresses.value.split("\n").map((line) => line.trim()).filter(Boolean);
  if (uploads.length || addresses.length) {
    send("take_in", librarySends({ uploads, addresses }));
    form.reset();
  }
}

// a thing that cannot be undone is asked for twice
function twice(button, words, act) {
  if (button.dataset.sure) { act(); return; }
  const before = button.textContent;
  button.dataset.sure = "yes";
  button.textContent = words;
  setTimeout(() => { if (button.isConnected) { delete button.dataset.sure; button.textContent = before; } }, 4000);
}

function rename(button) {
  const item = button.closest("li");
  const field = document.createElement("input");
  field.value = button.dataset.title;
  field.className = "rename";
  field.setAttribute("aria-label", "New name");
  let ended = false;
  const done = (save) => {
    if (ended) return;  // removing a field that has the focus blurs it
    ended = true;
    field.remove();
    if (save && field.value.trim()) send("rename", { conversation: button.dataset.conversation, title: field.value, current: page.conversation });
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") done(true);
    if (event.key === "Escape") { event.stopPropagation(); done(false); button.focus(); }
  });
  field.addEventListener("blur", () => done(true));
  item.append(field);
  field.select();
}

function giveFeedback(turn, verdict) {
  const form = one(".feedback", turn);
  send("feedback", {
    conversation: page.conversation, turn: turn.dataset.turn, verdict,
    correct: one("[name=correct]", form).value, note: one("[name=note]", form).value,
  });
  say("Thank you");
}

// ---- settings --------------------------------------------------------------------------------------------------
function settingsShown() {
  const form = one("#settings-form");
  if (!form || form.dataset.filled) return;
  form.dataset.filled = "yes";
  const { model = "", strict = true, passages = 8 } = page.settings;
  const chosen = all("[name=model]", form).find((item) => item.value === model);
  if (chosen) chosen.checked = true;
  form.elements.strict.checked = strict;
  form.elements.passages.value = passages;
}
function settingsChanged(form) {
  page.settings = {
    model: one("[name=model]:checked", form)?.value || "",
    strict: form.elements.strict.checked,
    passages: Number(form.elements.passages.value) || 8,
  };
  store("onrecord.settings", page.settings);
}

let typing = 0;
function later(act) { clearTimeout(typing); typing = setTimeout(act, 250); }

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
  verdict: (button) => giveFeedback(button.closest(".turn"), button.dataset.verdict),
  note: (button) => {
    const turn = button.closest(".turn");
    const chosen = one(".verdicts [aria-pressed=true]", turn)?.dataset.verdict;
    if (chosen) giveFeedback(turn, chosen);
    else giveFeedback(turn, "wrong");
  },
  rename,
  forget: (button) => twice(button, "Really?", () => send("forget", { conversation: button.dataset.conversation, current: page.conversation })),
  remove: (button) => twice(button, "Really?", () => send("take_out", librarySends({ article: button.dataset.article }))),
  only: (button) => {
    const { article, title } = button.dataset;
    const chosen = page.filters.article_ids;
    page.titles = { ...page.titles, [article]: title };
    page.filters.article_ids = chosen.includes(article) ? chosen.filter((id) => id !== article) : [...chosen, article];
    button.setAttribute("aria-pressed", String(page.filters.article_ids.includes(article)));
    filtersChanged();
  },
  more: () => { library.shown += 50; refreshLibrary(); },
  report: (button) => {
    const frame = one(".report-frame");
    frame.hidden = false;
    one("#report").src = `onrecord/report/${encodeURIComponent(button.dataset.run)}`;
    frame.scrollIntoView({ block: "start", behavior: calm() });
  },
  "close-report": () => { one(".report-frame").hidden = true; },
  unfilter: (chip) => {
    const { kind, value } = chip.dataset;
    const filters = page.filters;
    if (kind === "outlet") filters.outlets = filters.outlets.filter((outlet) => outlet !== value);
    else if (kind === "article") filters.article_ids = filters.article_ids.filter((id) => id !== value);
    else filters[kind] = "";
    filtersChanged();
    if (document.body.dataset.side === "library") refreshLibrary();
    one("#question")?.focus();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-do]");
  if (button && actions[button.dataset.do]) actions[button.dataset.do](button, event);
});
document.addEventListener("submit", (event) => {
  const act = {
    "ask-form": submit,
    "add-form": addArticles,
    narrow,
    "settings-form": settingsChanged,
    "compare-form": (form) => { const said = new FormData(form); send("evaluations", { first: said.get("first") || "", second: said.get("second") || "" }); },
  }[event.target.id];
  if (act) { event.preventDefault(); act(event.target); }
});
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form");
  if (form?.id === "narrow" && event.target.name !== "find") narrow(form);
  else if (form?.id === "settings-form") settingsChanged(form);
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
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.id === "question") fit(field);
  else if (field.id === "find-conversation") later(() => send("find", { words: field.value, current: page.conversation }));
  else if (field.name === "find") later(() => { library.find = field.value; library.shown = 50; refreshLibrary(); });
});

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
follow("#settings", settingsShown);
