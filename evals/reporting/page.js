"use strict";
(async () => {
  const STEP = 50; // rows drawn at a time: a screen's worth, so that a suite of thousands opens at once
  const list = document.getElementById("list"), count = document.getElementById("count"), more = document.getElementById("more");
  const find = document.getElementById("find"), cause = document.getElementById("cause"), type = document.getElementById("type");

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text; // never innerHTML: passages are other people's text
    return element;
  };
  const points = (text) => Array.from(text); // offsets are code points, strings here are UTF-16

  const unpack = async () => {
    const bytes = Uint8Array.from(atob(document.getElementById("packed").textContent), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };

  if (typeof DecompressionStream === "undefined") {
    count.textContent = "This browser cannot unpack the questions; any browser of 2023 or later can.";
    return;
  }
  const data = await unpack();

  const fill = (select, all, values) => {
    select.append(new Option(all, ""));
    for (const [value, number] of values) select.append(new Option(`${value} (${number})`, value));
  };
  const tally = (key) => {
    const counts = new Map();
    for (const question of data.questions) counts.set(question[key], (counts.get(question[key]) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  };
  fill(cause, "All outcomes", tally("cause"));
  fill(type, "All kinds", tally("type"));

  const marked = (passage, question) => {
    const [article, start, text] = passage;
    const chars = points(text), flags = new Uint8Array(chars.length);
    const paint = (spans, bit) => {
      for (const [where, from, to] of spans) {
        if (where !== article || to === null) continue;
        for (let at = Math.max(0, from - start); at < Math.min(chars.length, to - start); at++) flags[at] |= bit;
      }
    };
    paint(question.cites, 1);
    paint(question.gold, 2);
    const paragraph = make("p");
    for (let at = 0; at < chars.length; ) {
      let end = at;
      while (end < chars.length && flags[end] === flags[at]) end++;
      const piece = chars.slice(at, end).join("");
      if (flags[at]) paragraph.append(make("mark", ["", "quote", "gold", "gold quote"][flags[at]], piece));
      else paragraph.append(piece);
      at = end;
    }
    return paragraph;
  };

  const pairs = (entries) => {
    const terms = make("dl");
    for (const [name, value] of entries) if (value) terms.append(make("dt", "", name), make("dd", "", value));
    return terms;
  };

  const inside = (question) => {
    const body = make("div", "inside");
    body.append(pairs([
      ["Expected", question.ok ? question.want.join("  |  ") : "to decline: the articles do not say"],
      ["Said", question.text],
      ["Searched for", question.asked],
      ["Confidence", question.conf === null ? "" : question.conf.toFixed(2)],
      ["Time", `${question.ms} ms`],
      ["Error", question.error],
      ...question.claims.map(([text, , reason]) => ["Removed by the check", `${text} (${reason})`]),
      ["Id", question.id],
    ]));
    if (question.shown.length) {
      const key = make("div", "key"), gold = make("span"), quote = make("span");
      gold.append(make("mark", "gold", "gold answer")); quote.append(make("mark", "quote", "quoted in the answer"));
      key.append(gold, quote);
      body.append(key);
    }
    question.shown.forEach(([place, vector, word], rank) => {
      const passage = data.passages[place], box = make("article", "passage"), head = make("header");
      head.append(make("b", "", `${rank + 1}`));
      for (const part of [passage[3] || passage[0], passage[4], passage[5]]) if (part) head.append(make("span", "", part));
      const ranks = [vector === null ? "" : `vectors ${vector}`, word === null ? "" : `words ${word}`].filter(Boolean).join(", ");
      if (ranks) head.append(make("span", "", ranks));
      box.append(head, marked(passage, question));
      body.append(box);
    });
    return body;
  };

  const draw = (question) => {
    const row = make("details", "q"), top = make("summary");
    const given = question.outcome === "answered" ? question.answer : question.outcome === "error" ? question.error : "declined";
    top.append(make("span", "ask", question.q), make("span", "mark" + (question.cause === "right" ? " right" : ""), question.cause), make("span", "given", given));
    row.append(top);
    row.addEventListener("toggle", () => { if (row.open && row.children.length === 1) row.append(inside(question)); });
    return row;
  };

  let shown = [], drawn = 0;
  const next = () => {
    for (const question of shown.slice(drawn, drawn + STEP)) list.append(draw(question));
    drawn = Math.min(shown.length, drawn + STEP);
    more.hidden = drawn >= shown.length;
  };
  const filter = () => {
    const wanted = find.value.trim().toLowerCase();
    shown = data.questions.filter((question) =>
      (!cause.value || question.cause === cause.value) && (!type.value || question.type === type.value) &&
      (!wanted || `${question.q} ${question.answer || ""} ${question.want.join(" ")} ${question.id}`.toLowerCase().includes(wanted)));
    list.replaceChildren();
    drawn = 0;
    count.textContent = `${shown.length.toLocaleString("en")} of ${data.questions.length.toLocaleString("en")} questions`;
    next();
  };
  for (const control of [find, cause, type]) control.addEventListener("input", filter);
  more.addEventListener("click", next);
  for (const bar of document.querySelectorAll(".bar")) {
    bar.addEventListener("click", () => {
      cause.value = bar.dataset.cause;
      filter();
      document.getElementById("questions").scrollIntoView();
    });
  }
  filter();
})();
