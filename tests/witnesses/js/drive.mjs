// Call every method of the vendor's JavaScript SDK, and print what it sends, one JSON line for each request.
//
//   node drive.mjs FOLDER < calls.jsonl
//
// FOLDER holds node_modules. The calls are those of the Python SDK of the same version (drive.py --calls), whose methods have the
// same names but for their case. There is no network: `fetch` is replaced, and answers with what lets most methods go on.

import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const require = createRequire(path.join(path.resolve(process.argv[2]), "package.json"));
const { TwelveLabs, TwelvelabsApiClient } = require("twelvelabs-js");

const KEY = "tlk_made_up_for_witnesses";
const ID = "6298d673f1090f1100476d4c";
const PAGE = { data: [], page_info: { limit_per_page: 10, page: 1, total_page: 2, total_results: 11 } };
const UPLOAD = {
    upload_id: ID,
    asset_id: ID,
    chunk_size: 8,
    total_chunks: 2,
    upload_urls: [{ chunk_index: 1, url: "https://storage.example.com/1" }],
    expires_at: "2025-08-16T16:53:59Z",
};
const INDEXING = { _id: ID, index_id: ID, status: "ready", created_at: "2025-08-16T16:53:59Z" };

// The SDK reports its progress; what is printed here is read.
console.log = console.error;

let sent = [];

globalThis.fetch = async (url, init) => {
    if (String(url).startsWith("https://storage.example.com/")) {
        return new Response("", { headers: { etag: '"d41d8cd98f00b204e9800998ecf8427e"' } });
    }
    const request = new Request(url, { ...init, signal: undefined, duplex: "half" });
    const body = Buffer.from(await request.arrayBuffer());
    sent.push({
        verb: request.method,
        url: String(url),
        headers: Object.fromEntries(request.headers),
        body: body.toString("base64"),
    });
    return new Response(JSON.stringify(answer(request.method, new URL(url).pathname)), {
        headers: { "content-type": "application/json" },
    });
};

// Waiting takes no time, and no timer keeps the process alive.
globalThis.setTimeout = (then, delay, ...rest) => (delay < 60000 ? setImmediate(then, ...rest) : undefined);

function answer(verb, pathname) {
    if (verb === "POST" && pathname.endsWith("/multipart-uploads")) return UPLOAD;
    if (pathname.endsWith("/presigned-urls")) {
        return { ...UPLOAD, upload_urls: [{ chunk_index: 2, url: "https://storage.example.com/2" }] };
    }
    if (pathname.includes("/multipart-uploads/")) {
        return { ...PAGE, status: "completed", total_size: 16, uploaded_size: 16 };
    }
    return { id: ID, ...INDEXING, ...PAGE };
}

/** Yield every public method of a client and of the clients that it holds, with what it is called on. */
function* methods(client, prefix = "") {
    const names = new Set();
    for (let level = client; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
        Object.getOwnPropertyNames(level).forEach((name) => names.add(name));
    }
    for (const name of [...names].sort()) {
        if (name.startsWith("_") || name === "constructor" || (name === "client" && !prefix)) continue;
        const member = client[name];
        if (typeof member === "function") yield [prefix + name, client, member];
        else if (member?._options) yield* methods(member, `${prefix}${name}.`);
    }
}

/** The name of a method or argument as JavaScript writes it. */
function camel(name) {
    return name.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase()).replace(/_$/, "");
}

/** A plain value as the JavaScript SDK takes it: keys in its case, files as `File`. */
function value(plain) {
    if (Array.isArray(plain)) return plain.map(value);
    if (plain === null || typeof plain !== "object") return plain;
    if ("$file" in plain) {
        const [name, content, type] = plain.$file;
        return new File([Buffer.from(content, "base64")], name, { type });
    }
    return Object.fromEntries(Object.entries(plain).map(([key, item]) => [camel(key), value(item)]));
}

/** Take a little of a stream, and one more page of a list, so that what they send is sent. */
async function consume(result) {
    if (typeof result?.hasNextPage === "function") {
        if (result.hasNextPage()) await result.getNextPage();
    } else if (result?.[Symbol.asyncIterator]) {
        for await (const _ of result) break;
    }
}

async function call(name, owner, method, { given, positional, named }) {
    sent = [];
    let error = null;
    try {
        const request = value(named);
        const alone = Object.keys(request).length === 0;
        await consume(await method.call(owner, ...positional, ...(alone && positional.length ? [] : [request])));
    } catch (raised) {
        error = `${raised.name ?? raised.constructor.name}: ${String(raised.message).split("\n")[0]}`;
    }
    print({ method: name, given, error: sent.length ? null : (error ?? "nothing was sent"), sent });
}

function print(line) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
}

// Where the wrapper of the Python SDK takes more than the method below it, the JavaScript SDK does not: its types are those below.
const calls = new Map();
const callsOf = (name) => calls.get(`BaseClient.${name}`) ?? calls.get(name) ?? [];
for (const line of readFileSync(0, "utf-8").split("\n").filter(Boolean)) {
    const { method, ...one } = JSON.parse(line);
    const name = method.split(".").map(camel).join(".");
    calls.set(name, [...(calls.get(name) ?? []), one]);
}

const folder = mkdtempSync(path.join(tmpdir(), "witness-"));
process.chdir(folder);
writeFileSync("clip.mp4", "\u0000\u0000\u0000\u0018ftypmp42moov");
const wrapped = new Map();
for (const [name, owner, method] of methods(new TwelveLabs({ apiKey: KEY }))) {
    wrapped.set(name, method);
    if (!callsOf(name).length) print({ method: name, given: "", error: "no call is known", sent: [] });
    for (const one of callsOf(name)) await call(name, owner, method, one);
}
for (const [name, owner, method] of methods(new TwelvelabsApiClient({ apiKey: KEY }))) {
    if (name.startsWith("analyze") || wrapped.get(name) === method) continue;
    for (const one of callsOf(name)) await call(`BaseClient.${name}`, owner, method, one);
}
rmSync(folder, { recursive: true });
