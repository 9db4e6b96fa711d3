// Joins the form, the address and the worker that decides.
import { empty, fromAddress, toAddress } from "./entry.js";
import { Form } from "./form.js";

const find = selector => document.querySelector(selector);
const words = await (await fetch("./vocabulary.json")).json().catch(() => null);
if (!words) {
  find("#state").textContent = "This copy of the site was built without the library for browsers.";
  throw new Error("no vocabulary.json");
}

const form = new Form(words);
const worker = new Worker("./worker.js", { type: "module" });
let ready = false;
let asked = 0;
let wantsFocus = false;
let isPressed = false;
let held = null;

// What takes something away leaves a step behind, so that Back brings it back.
function decide({ leavesStep = false } = {}) {
  const entry = form.read();
  history[leavesStep ? "pushState" : "replaceState"](null, "", toAddress(entry));
  find("#copy").textContent = "Copy the link to this entry";
  if (ready) worker.postMessage({ id: ++asked, request: entry });
  else if (wantsFocus) find("#verdict").textContent = "Python is still loading. This is decided as soon as it is there.";
}

function start(entry, step) {
  form.write(entry);
  form.show([]);
  decide(step);
}

worker.onerror = () => { find("#state").textContent = "Python could not be loaded; reload the page to try again."; };
worker.onmessage = ({ data }) => {
  if (data.ready) {
    ready = true;
    find("#state").textContent = `Ready after ${(performance.now() / 1000).toFixed(1)} s.`;
    decide();
  } else if (data.id === asked && isPressed) held = data.answer;
  else if (data.id === asked) show(data.answer);
};

// Lines that come while a button is pressed would move it away from under the pointer.
addEventListener("pointerdown", () => { isPressed = true; }, true);
for (const name of ["pointerup", "pointercancel"]) {
  addEventListener(name, () => setTimeout(() => {
    isPressed = false;
    if (held) show(held);
    held = null;
  }), true);
}

function show({ problems = [], verdict = "", report = "" }) {
  const shown = form.show(problems);
  const count = problems.length === 1 ? "One entry is" : `${problems.length} entries are`;
  const undecided = shown ? `Not decided. ${count} not in order; see the form.` : "Not decided yet. Fill in the form.";
  find("#verdict").textContent = problems.length ? undecided : verdict;
  const frame = find("#report");
  frame.hidden = !report;
  if (report) frame.srcdoc = report;
  if (wantsFocus && problems.length) form.focusFirstProblem();
  else if (wantsFocus) find("#answer-title").focus();
  wantsFocus = false;
}

// The report is as tall as its text, so that it scrolls and prints with the page.
function fitReport() {
  const page = find("#report").contentDocument?.documentElement;
  if (page) find("#report").style.height = `${page.getBoundingClientRect().height + 4}px`;
}
find("#report").addEventListener("load", () => {
  fitReport();
  // A clause opens beside the form, and not inside the report.
  for (const link of find("#report").contentDocument.querySelectorAll("a.clause")) link.target = "_blank";
  new ResizeObserver(fitReport).observe(find("#report").contentDocument.documentElement);
});
addEventListener("beforeprint", fitReport);

form.form.addEventListener("change", () => decide());
form.form.addEventListener("removed", () => decide({ leavesStep: true }));
form.form.addEventListener("submit", event => {
  event.preventDefault();
  wantsFocus = true;
  form.insist();
  decide();
});
addEventListener("hashchange", () => { const entry = fromAddress(location.hash); if (entry) start(entry); });
find("#print").addEventListener("click", () => print());
find("#example").addEventListener("click", () => start(words.example, { leavesStep: true }));
find("#clear").addEventListener("click", () => start(empty(words.example.edition), { leavesStep: true }));
find("#copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(location.href).then(
    () => { find("#copy").textContent = "Copied"; },
    () => { find("#copy").textContent = "Copy the address of this page"; },
  );
});

find("#weight").textContent = words.weight;
start(fromAddress(location.hash) ?? words.example);
