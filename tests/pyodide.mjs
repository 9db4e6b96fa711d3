// Runs tests on the Python of Pyodide, in WebAssembly: `node tests/pyodide.mjs FOLDER TEST...`.
//
// FOLDER holds `node_modules/pyodide`, and in `wheels` everything to install; nothing is read from a network.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...tests] = process.argv.slice(2);
const found = createRequire(resolve(folder, "package.json")).resolve("pyodide/pyodide.mjs");
const { loadPyodide } = await import(pathToFileURL(found));
const pyodide = await loadPyodide();

const extractDir = pyodide.runPython("import sysconfig; sysconfig.get_path('purelib')");
for (const name of readdirSync(join(folder, "wheels"))) {
    const wheel = new Uint8Array(readFileSync(join(folder, "wheels", name)));
    pyodide.unpackArchive(wheel, "wheel", { extractDir });
}
pyodide.mountNodeFS("/project", resolve("."));
pyodide.globals.set("tests", pyodide.toPy(tests));
process.exitCode = pyodide.runPython(`
import importlib, os, platform, sys
importlib.invalidate_caches()
os.chdir("/project")
import cecrules, pytest
assert "site-packages" in cecrules.__file__, cecrules.__file__
print("Python", platform.python_version(), "on", sys.platform, "- cecrules", cecrules.__version__)
# Hypothesis, which conftest.py sets up, has no wheel for this Python.
int(pytest.main(["-q", "--noconftest", "-p", "no:cacheprovider", *tests]))
`);
