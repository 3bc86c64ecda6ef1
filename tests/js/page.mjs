// Drive the page of coverage in jsdom, as somebody would who looks for something: `node page.mjs FOLDER PAGE`.
//
// FOLDER holds node_modules. Prints one JSON line for each step.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const [folder, page] = process.argv.slice(2);
const { JSDOM, VirtualConsole } = createRequire(path.join(path.resolve(folder), "package.json"))("jsdom");

const errors = [];
const virtualConsole = new VirtualConsole();
virtualConsole.on("jsdomError", (error) => errors.push(error.message));

function opened(hash = "") {
    const html = readFileSync(page, "utf8");
    return new JSDOM(html, { url: `https://report.example/${hash}`, runScripts: "dangerously", virtualConsole }).window;
}

const window = opened();
const { document } = window;
const all = (selector) => [...document.querySelectorAll(selector)];
const shown = () => all(".op:not(.off)").map((one) => one.querySelector("b").textContent);

function print(step, value) {
    process.stdout.write(`${JSON.stringify({ step, value })}\n`);
}

function type(text) {
    document.getElementById("filter").value = text;
    document.getElementById("filter").dispatchEvent(new window.Event("input"));
}

function missing(checked) {
    document.getElementById("missing").checked = checked;
    document.getElementById("missing").dispatchEvent(new window.Event("change"));
}

print("tools", document.querySelector(".tools").hidden);
print("begins", [shown().length === all(".op").length, document.getElementById("count").textContent]);
type("tasks.list");
print("operation", [shown(), document.getElementById("count").textContent]);
type("TASKS.LIST page_limit");
const rows = all(".op:not(.off) tbody tr:not(.off) th").map((one) => one.textContent);
print("parameter", [shown(), rows.length > 0 && rows.every((text) => text.includes("page_limit")), all(".op:not(.off)")[0].open]);
type("no such thing");
print("nothing", [shown(), all(".resource:not(.off)").length]);
type("");
missing(true);
print("missing", [all(".op:not(.off) tbody tr:not(.off)").every((row) => row.querySelector(".n")), document.body.classList.contains("only")]);
missing(false);
print("again", shown().length === all(".op").length);
document.getElementById("open").click();
print("open", all(".op").every((one) => one.open));
document.getElementById("close").click();
print("close", all(".op").every((one) => !one.open));
const id = all(".op")[3].id;
const linked = opened(`#${id}`).document;
print("link", [linked.getElementById(id).open, linked.querySelectorAll(".op[open]").length]);
print("odd", ["#%", "#[x]", "#r1", "#'\"><b>"].map((hash) => opened(hash).document.querySelectorAll(".op[open]").length));
print("errors", errors);
