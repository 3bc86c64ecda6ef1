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

// Wrong calls of the SDK, each with one mistake. The statuses are printed; the findings are the server's.
const status = (call) => call().then(() => 200, (error) => error.statusCode ?? String(error));
const video = { type: "asset_id", assetId: asset.id };
const once = { maxRetries: 0 };
const calls = [
    () => client.indexes.list({ pageLimit: 51 }, once),
    () => client.indexes.list({ page: 0 }, once),
    () => client.indexes.list({ modelOptions: "sound" }, once),
    () => client.indexes.list({}, { ...once, headers: { "x-api-key": "" } }),
    () => client.indexes.create({ indexName: "a", models: [] }, once),
    () => client.indexes.create({ indexName: "a", models: [{ ...models[0], modelOptions: ["smell"] }] }, once),
    () => client.tasks.list({ pageLimit: 0 }, once),
    () => client.assets.create({ method: "direct" }, once),
    () => client.search.create({ indexId: "a", searchOptions: ["visual"] }, once),
    () => client.analyze({ video, prompt: "p", temperature: 2 }, once),
];
const answered = [];
for (const call of calls) answered.push(await status(call));
print("wrong", answered);

// The same with `fetch` and axios: a right call, an upload, and what goes wrong easily.
const headers = { "x-api-key": KEY };
const body = new FormData();
body.append("method", "direct");
body.append("file", file, "clip.mp4");
print("fetch", [
    (await fetch(`${address}/indexes?page_limit=5`, { headers })).status,
    (await fetch(`${address}/assets`, { method: "POST", headers, body })).status,
    (await fetch(`${address}/nothing`, { headers })).status,
    (await fetch(`${address}/indexes`, { method: "POST", headers, body: JSON.stringify({ index_name: "a", models: [] }) })).status,
]);

const axios = require("axios").create({ baseURL: address, headers, validateStatus: () => true });
print("axios", [
    (await axios.get("/indexes", { params: { page_limit: 5 } })).status,
    (await axios.post("/assets", body)).status,
    (await axios.get("/tasks", { params: { status: ["ready", "failed"] } })).status,
    (await axios.get("/tasks", { params: { status: ["ready", "failed"] }, paramsSerializer: { indexes: null } })).status,
]);
