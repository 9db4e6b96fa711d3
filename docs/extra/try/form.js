// The form, and the entry that it holds. The words and codes come from the library, in vocabulary.json.

const STATEMENTS = [["false", "no"], ["true", "yes"], ["null", "not stated"]];
const find = selector => document.querySelector(selector);

export class Form {
  constructor(words) {
    this.words = words;
    this.form = find("#form");
    const choose = this.form.elements;
    choose.edition.append(...words.editions.map(each => new Option(`${each.id}, ${each.title}`, each.id)));
    find("#designations").append(...choices(words.designations, "designations"));
    find("#add").addEventListener("click", () => {
      const item = this.add({ bought_through_association: null });
      item.dataset.fresh = "";
      item.querySelector("[data-key=title]").focus();
    });
    this.form.addEventListener("change", () => this.fit());
  }

  write(entry) {
    const { submission } = entry;
    const fields = this.form.elements;
    fields.edition.value = entry.edition;
    fields.as_of.value = entry.as_of ?? "";
    fields.renewal_year.value = submission.renewal_year ?? "";
    fields.renewal_date.value = submission.renewal_date ?? "";
    for (const box of find("#designations").querySelectorAll("input")) {
      box.checked = (submission.designations ?? []).includes(box.value);
    }
    this.isFresh = !submission.designations?.length;
    this.starts = { ...submission.term_starts };
    find("#activities").replaceChildren();
    for (const activity of submission.activities) this.add(activity);
    this.fit();
  }

  read() {
    const fields = this.form.elements;
    const year = fields.renewal_year.value.trim();
    const submission = {
      renewal_year: /^\d+$/.test(year) ? Number(year) : year,
      designations: this.held(),
      activities: [...find("#activities").children].map(item => activityOf(item)),
    };
    if (!find("#renewal-date").hidden && fields.renewal_date.value) submission.renewal_date = fields.renewal_date.value;
    const starts = [...find("#terms").querySelectorAll("input")].filter(input => input.value);
    if (starts.length) submission.term_starts = Object.fromEntries(starts.map(input => [input.name, input.value]));
    return { edition: fields.edition.value, as_of: fields.as_of.value, submission };
  }

  held() {
    return [...find("#designations").querySelectorAll("input:checked")].map(box => box.value);
  }

  add(activity) {
    const item = find("#activity").content.cloneNode(true).firstElementChild;
    const kind = item.querySelector("[data-key=kind]");
    kind.append(new Option("choose", ""), ...this.words.kinds.map(each => new Option(each.label, each.code)));
    for (const select of item.querySelectorAll("[data-statement]")) {
      select.append(...STATEMENTS.map(([value, label]) => new Option(label, value)));
    }
    item.querySelector(".choices").append(...choices(this.words.documents, "documents"));
    for (const field of item.querySelectorAll("[data-key]")) {
      const value = activity[field.dataset.key];
      if (field.matches("fieldset")) {
        for (const box of field.querySelectorAll("input")) box.checked = (value ?? []).includes(box.value);
      } else if (value !== undefined) field.value = String(value);
    }
    item.querySelector(".remove").addEventListener("click", () => this.remove(item));
    find("#activities").append(item);
    this.fit();
    return item;
  }

  remove(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    this.fit();
    (next?.querySelector("[data-key=title]") ?? find("#add")).focus();
    this.form.dispatchEvent(new CustomEvent("removed"));
  }

  // What has been entered is to be in order now: until then, nothing is said of what is still being filled in.
  insist() {
    this.isFresh = false;
    for (const item of find("#activities").children) delete item.dataset.fresh;
  }

  // Numbers the activities, and shows the fields that the edition and the kinds need.
  fit() {
    const { window, aliases, documents, statements } = this.words.editions.find(each => each.id === this.form.elements.edition.value);
    [...find("#activities").children].forEach((item, index) => {
      item.querySelector("legend").textContent = `Activity ${index + 1}`;
      const kind = item.querySelector("[data-key=kind]").value;
      const hours = item.querySelector("[data-key=hours]");
      item.querySelector("[data-hours]").hidden = this.words.occasions.includes(kind) && !hours.value;
      for (const key of ["compensated", "bought_through_association"]) {
        const field = item.querySelector(`[data-key=${key}]`);
        field.closest("div").hidden = !(statements[kind] ?? []).includes(key) && field.value !== "true";
      }
      const fitting = documents[kind];
      for (const box of item.querySelectorAll("[data-key=documents] input")) {
        box.parentElement.hidden = fitting?.length > 0 && !fitting.includes(box.value) && !box.checked;
      }
      for (const field of item.querySelectorAll("[data-key]")) field.dataset.path = `activities.${index}.${field.dataset.key}`;
    });
    find("#renewal-date").hidden = window !== "months_before";
    for (const input of find("#terms").querySelectorAll("input")) this.starts[input.name] = input.value;
    const terms = window === "term" ? [...new Set(this.held().map(code => aliases[code] ?? code))] : [];
    if (terms.join() !== [...find("#terms").querySelectorAll("input")].map(input => input.name).join()) {
      find("#terms").replaceChildren(...terms.map(code => termOf(code, this.starts[code] ?? "")));
    }
  }

  // Puts each problem beside its field, and those of no field above the form; returns how many are shown.
  show(problems) {
    for (const old of this.form.querySelectorAll(".problem[id^=problem-]")) old.remove();
    for (const field of this.form.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
    const rest = problems.filter((problem, index) => !this.besideField(problem, index) && !this.isFresh);
    const box = find("#other-problems");
    box.hidden = !rest.length;
    box.textContent = rest.map(each => sentence(each)).join(" ");
    return rest.length || this.form.querySelectorAll(".problem[id^=problem-]").length;
  }

  besideField(problem, index) {
    const steps = problem.path.map(String);
    while (steps.length) {
      const field = this.form.querySelector(`[data-path="${CSS.escape(steps.join("."))}"]`);
      if (field && field.getClientRects().length) {
        if (field.closest("[data-fresh]") || (this.isFresh && !field.closest("li"))) return true;
        const line = document.createElement("p");
        line.id = `problem-${index}`;
        line.className = "problem";
        line.textContent = asked(field) ?? sentence(problem);
        const many = field.matches("fieldset");
        if (many) field.append(line); else field.closest("div").append(line);
        const invalid = many ? field.querySelector("input") : field;
        invalid.setAttribute("aria-invalid", "true");
        invalid.setAttribute("aria-describedby", line.id);
        return true;
      }
      steps.pop();
    }
    return false;
  }

  focusFirstProblem() {
    this.form.querySelector("[aria-invalid=true]")?.focus();
  }
}

// What to give in a field that is empty.
const ASKED = { title: "Give a title.", kind: "Choose a kind.", hours: "Give the hours, such as 1.5.", renewal_year: "Give the year." };

function asked(field) {
  if (field.matches("fieldset")) return field.querySelector("input:checked") ? null : "Choose at least one.";
  if (field.value) return null;
  return field.type === "date" ? "Give the day." : ASKED[field.dataset.key ?? field.name] ?? null;
}

function sentence({ problem, hint }) {
  // A list of every code is no help beside a list to choose from.
  const text = /^known: /.test(hint) ? problem : [problem, hint].filter(Boolean).join("; ");
  return text[0].toUpperCase() + text.slice(1) + ".";
}

function activityOf(item) {
  const value = key => item.querySelector(`[data-key=${key}]`).value.trim();
  const activity = { title: value("title"), kind: value("kind"), earned_on: value("earned_on") };
  for (const key of ["hours", "provider"]) if (value(key)) activity[key] = value(key);
  for (const field of item.querySelectorAll("[data-statement]")) {
    if (field.value !== "false") activity[field.dataset.key] = JSON.parse(field.value);
  }
  const documents = [...item.querySelectorAll("[data-key=documents] input:checked")].map(box => box.value);
  if (documents.length) activity.documents = documents;
  return activity;
}

function choices(members, name) {
  return members.map(({ code, label }) => {
    const choice = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value: code });
    choice.append(box, label);
    return choice;
  });
}

function termOf(code, day) {
  const [box, label] = [document.createElement("div"), document.createElement("label")];
  const input = Object.assign(document.createElement("input"), { type: "date", max: "9999-12-31", name: code, value: day });
  input.dataset.path = `term_starts.${code}`;
  label.append(`${code} obtained or last renewed on `, input);
  box.append(label);
  return box;
}
