// Runs Python beside the page, so that the page answers while it loads.
import { loadPyodide } from "./runtime/pyodide.mjs";

const contents = await (await fetch("./runtime/contents.json")).json();
const wheels = contents.wheels.map(async name => [name, await (await fetch(`./runtime/${name}`)).arrayBuffer()]);
const python = await loadPyodide({ indexURL: new URL("./runtime/", import.meta.url).href });
for (const [, bytes] of await Promise.all(wheels)) python.unpackArchive(bytes, "wheel");
python.runPython(await (await fetch("./decide.py")).text());
const decide = python.globals.get("decide");

self.onmessage = ({ data }) => postMessage({ id: data.id, answer: JSON.parse(decide(JSON.stringify(data.request))) });
postMessage({ ready: true });
