// The list of documents, and uploads with their progress.

import { byId, during, element } from "./elements.js";
import { detailOf, eventsOf, getJson, request } from "./service.js";

export async function listDocuments() {
  const documents = await getJson("/documents");
  const items = documents.map((each) => element("li", {}, described(each)));
  byId("documents").replaceChildren(...items);
  if (!items.length) {
    byId("upload-status").textContent = "No documents yet. Upload a filing to begin.";
  }
}

function described(document) {
  const newest = document.versions.reduce((a, b) => (a.version > b.version ? a : b));
  const failure = newest.failure ? `: ${newest.failure}` : "";
  const pages = newest.page_count ? `${newest.page_count} pages, ` : "";
  const words = { current: "ready", pending: "waiting", indexing: "being read" };
  return `${document.name} (${pages}${words[newest.status] ?? newest.status}${failure})`;
}

export function setUpUploads() {
  byId("upload-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const failed = (message) => (byId("upload-status").textContent = `Not uploaded. ${message}`);
    during(event.submitter, upload, failed);
  });
}

async function upload() {
  const form = new FormData();
  for (const file of byId("file").files) form.append("file", file);
  tell("Uploading …");
  const query = byId("private").checked ? "?private=true" : "";
  const answer = await (await request(`/upload-pdf${query}`, { method: "POST", body: form })).json();
  const uploads = answer.uploads ?? [answer];
  const refused = (answer.refused ?? []).map((each) => `${each.name}: ${detailOf(each)}`);
  byId("upload-form").reset();
  const ends = [];
  for (const each of uploads) ends.push(await follow(each));
  await listDocuments();
  tell([...ends, ...refused].join(" "));
}

async function follow(upload) {
  for await (const [name, job] of eventsOf(await request(`/jobs/${upload.job_id}/events`))) {
    if (name === "error") return `${upload.name}: ${detailOf(job)}`;
    if (name === "end") {
      return job.failure ? `${upload.name}: ${job.failure}` : `${upload.name} is ready.`;
    }
    tell(`${upload.name}: ${job.pages_done ?? 0} of ${job.page_count ?? "?"} pages read.`);
  }
  return `${upload.name} was taken in.`;
}

function tell(message) {
  byId("upload-status").textContent = message;
}
