// Runs the conformance kit: `node kit.mjs "$(python -m cecrules.conformance)"`.
//
// Prints one line for each case that is answered otherwise, and exits with 1 if there is one.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { decide } from "./decide.mjs";

// The parts of the kit that this port does not implement.
const LEFT_OUT = ["errors", "one-term-each", "other-readings"];

const [folder] = process.argv.slice(2);
const read = name => JSON.parse(readFileSync(join(folder, name), "utf-8"));

// The places in which an answer is not the one expected; keys that are not expected are ignored.
function* differences(expected, found, path = "") {
    if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) {
        for (const [place, each] of expected.entries()) yield* differences(each, found[place], `${path}[${place}]`);
    } else if (isObject(expected) && isObject(found)) {
        for (const [key, each] of Object.entries(expected)) yield* differences(each, found[key], `${path}.${key}`);
    } else if (expected !== found) {
        yield `${path}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
    }
}

const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value);

const { rulebooks, parts } = read("manifest.json");
const editions = {};
for (const { id, edition, rulebook } of rulebooks) if (id === edition) editions[id] = read(rulebook);

const count = Object.fromEntries(Object.keys(parts).map(part => [part, 0]));
let missed = 0;
for (const { id, rulebook, cases } of rulebooks) {
    const book = read(rulebook);
    for (const { name, part, submission, expected } of read(cases)) {
        count[part] += 1;
        if (LEFT_OUT.includes(part)) continue;
        const found = [...differences(expected, decide(submission, book, editions))];
        missed += found.length ? 1 : 0;
        for (const each of found) console.log(`${id}: ${name}: ${each}`);
    }
}
const ran = Object.entries(count).map(([part, cases]) => `${part} ${LEFT_OUT.includes(part) ? "left out" : cases}`);
console.log(`${ran.join(", ")}; missed ${missed}`);
process.exitCode = missed ? 1 : 0;
