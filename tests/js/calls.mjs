// The vendor's JavaScript SDK, and `fetch`, against a server: what they do and read, one JSON line for each step.
//
//   node calls.mjs FOLDER ADDRESS
//
// FOLDER holds node_modules. Nothing is replaced: the requests go over the network.

import { createRequire } from "node:module";
import path from "node:path";

const [folder, address] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "package.json"));
const { TwelveLabs } = require("twelvelabs-js");

const KEY = "tlk_made_up_for_javascript";
const control = new URL("/_contract/", address);
console.log = console.error; // the SDK reports its progress; what is printed here is read

process.env.TWELVELABS_BASE_URL = address; // the only way in that the SDK has
const client = new TwelveLabs({ apiKey: KEY });

function print(step, value) {
    process.stdout.write(`${JSON.stringify({ step, value })}\n`);
}

async function all(pages) {
    const found = [];
    for await (const item of pages) found.push(item);
    return found;
}

/** Move the clock of the server on. */
const advance = (seconds) => fetch(new URL("clock", control), { method: "POST", body: JSON.stringify({ advance: seconds }) });

const models = [{ modelName: "marengo3.0", modelOptions: ["visual", "audio"] }];
const index = await client.indexes.create({ indexName: "from JavaScript", models });
for (const name of ["a", "b", "c"]) await client.indexes.create({ indexName: name, models });
print("list", (await all(await client.indexes.list({ pageLimit: 2 }))).map((one) => one.indexName));

const file = new File([Buffer.from("\u0000\u0000\u0000\u0018ftypmp42moov", "latin1")], "clip.mp4", { type: "video/mp4" });
const asset = await client.assets.create({ method: "direct", file });
print("asset", (await client.assets.retrieve(asset.id)).id === asset.id);

const indexed = await client.indexes.indexedAssets.create(index.id, { assetId: asset.id });
const statuses = [];
for (let seconds = 0; seconds < 100; seconds += 10) {
    const { status } = await client.indexes.indexedAssets.retrieve(index.id, indexed.id);
    if (statuses.at(-1) !== status) statuses.push(status);
    if (status === "ready") break;
    await advance(10);
}
print("statuses", statuses);

print("search", (await all(await client.search.query({ indexId: index.id, searchOptions: ["visual"], queryText: "a dog" }))).length > 0);

const events = [];
for await (const event of await client.analyzeStream({ video: { type: "asset_id", assetId: asset.id }, prompt: "What is this?" })) {
    events.push(event.eventType);
}
print("stream", [events.at(0), events.length > 2, events.at(-1)]);

await client.indexes.update(index.id, { indexName: "renamed" });
print("updated", (await client.indexes.retrieve(index.id)).indexName);
await client.indexes.delete(index.id);
print("deleted", await client.indexes.retrieve(index.id, { maxRetries: 0 }).then(() => 200, (error) => error.statusCode));

// Wrong calls, each with one mistake. The statuses are printed; the findings are the server's.
const headers = { "x-api-key": KEY };
const json = (method, body) => ({ method, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) });
const form = (fields) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    return { method: "POST", headers, body };
};
const wrong = [
    ["indexes?page_limit=51", { headers }],
    ["indexes?page=zero", { headers }],
    ["indexes?colour=red", { headers }],
    ["indexes", {}],
    ["indexes", json("POST", { models: [{ model_name: "marengo3.0", model_options: ["visual"] }] })],
    ["indexes", json("POST", { index_name: "a", models: [] })],
    ["indexes", json("POST", { index_name: 1, models: [{ model_name: "marengo3.0", model_options: ["visual"] }] })],
    ["assets", form([["method", "carrier pigeon"]])],
    ["search", form([["index_id", "a"], ["search_options[]", "visual"], ["query_text", "a"]])],
    ["nothing", { headers }],
];
const answered = [];
for (const [target, init] of wrong) answered.push((await fetch(`${address}/${target}`, init)).status);
print("wrong", answered);
