// Requests to the service, and its errors in words.

export class ServiceError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new ServiceError(0, "The service can't be reached. Check that it is running, then try again.");
  }
  if (!response.ok && response.type !== "opaqueredirect") {
    throw new ServiceError(response.status, await wordsOf(response));
  }
  return response;
}

export function send(path, body) {
  return request(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

export async function getJson(path) {
  return (await request(path, { headers: { accept: "application/json" } })).json();
}

/** A problem document's detail says what to change. */
export function detailOf(problem) {
  return problem.detail || problem.title || "Something went wrong.";
}

async function wordsOf(response) {
  try {
    return detailOf(await response.json());
  } catch {
    return `The service answered with status ${response.status}.`;
  }
}

/** Server-sent events of a response, as [name, data, id]. */
export async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) {
      const event = parsed(block);
      if (event) yield event;
    }
  }
}

function parsed(block) {
  let name = "";
  let id = "";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event: ")) name = line.slice(7);
    if (line.startsWith("id: ")) id = line.slice(4);
    if (line.startsWith("data: ")) data.push(line.slice(6));
  }
  return name && data.length ? [name, JSON.parse(data.join("\n")), id] : null;
}
