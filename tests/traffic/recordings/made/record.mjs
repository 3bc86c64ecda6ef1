// Record the five calls of record.py with nock, Polly.JS and axios-har-tracker: `python record.py serve`, where these are.
import { writeFileSync, rmSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";

const HERE = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(process.env.TOOLS ?? HERE, "/"));
const BASE = "http://127.0.0.1:8765/v1.3";
const INDEX = "6298d673f1090f1100476d4c";
const axios = require("axios").default ?? require("axios");

async function calls(client) {
  const headers = { "x-api-key": "REDACTED" };
  const options = { headers, validateStatus: () => true, adapter: "http" };
  for (const path of ["/tasks?page_limit=10", "/tasks?page_limit=51", "/indexes"]) await client.get(BASE + path, options);
  const models = [{ model_name: "marengo3.0", model_options: ["visual"] }];
  await client.post(BASE + "/indexes", { index_name: "clips", models }, options);
  const form = new FormData();
  form.append("index_id", INDEX);
  form.append("search_options", "visual");
  form.append("query_media_type", "image");
  form.append("query_media_file", new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff])]), "a.png");
  await client.post(BASE + "/search", form, options);
}

async function nock() {
  const nock = require("nock");
  nock.recorder.rec({ output_objects: true, dont_print: true, enable_reqheaders_recording: true });
  await calls(axios.create());
  writeFileSync(join(HERE, "nock.json"), JSON.stringify(nock.recorder.play(), null, 1) + "\n");
  nock.recorder.clear();
  nock.restore();
}

async function polly() {
  const { Polly } = require("@pollyjs/core");
  Polly.register(require("@pollyjs/adapter-node-http"));
  Polly.register(require("@pollyjs/persister-fs"));
  const recordingsDir = join(HERE, "polly");
  const polly = new Polly("calls", {
    adapters: ["node-http"], persister: "fs", recordIfMissing: true, recordFailedRequests: true,
    persisterOptions: { fs: { recordingsDir } }, logLevel: "silent",
  });
  await calls(axios.create());
  await polly.stop();
  const folder = join(recordingsDir, readdirSync(recordingsDir)[0]);
  writeFileSync(join(HERE, "polly.har"), readFileSync(join(folder, "recording.har")));
  rmSync(recordingsDir, { recursive: true });
}

async function tracker() {
  const { AxiosHarTracker } = require("axios-har-tracker");
  const client = axios.create();
  const tracker = new AxiosHarTracker(client);
  await calls(client);
  writeFileSync(join(HERE, "axios-har-tracker.har"), JSON.stringify(tracker.getGeneratedHar(), null, 1) + "\n");
}

for (const record of [tracker, nock, polly]) {
  try { await record(); } catch (error) { console.error(record.name, error); }
}
