// Questions, streamed answers with their citations, and approvals.

import { byId, during, element } from "./elements.js";
import { detailOf, eventsOf, request, send } from "./service.js";

let threadId = null;

export function setUpAsking() {
  byId("ask-form").addEventListener("submit", (event) => {
    event.preventDefault();
    ask(event.submitter);
  });
  byId("question").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("ask-form").requestSubmit();
  });
  byId("new-conversation").addEventListener("click", () => {
    threadId = null;
    byId("conversation").replaceChildren();
    byId("new-conversation").hidden = true;
    byId("question").focus();
  });
}

async function ask(button) {
  const question = byId("question").value;
  const turn = newTurn(question);
  await during(
    button ?? byId("ask-form").querySelector("[type=submit]"),
    async () => {
      const body = threadId ? { question, thread_id: threadId } : { question };
      tell("Working on it …");
      await follow(await send("/ask/stream", body), turn);
      byId("question").value = "";
    },
    (message) => fail(turn, message),
  );
}

function newTurn(question) {
  const turn = element("article", {}, element("p", { class: "asked" }, question));
  turn.answer = element("p", { class: "answer" });
  turn.details = element("div");
  turn.append(turn.answer, turn.details);
  byId("conversation").prepend(turn);
  return turn;
}

async function follow(response, turn) {
  for await (const [name, data, id] of eventsOf(response)) {
    if (id) turn.lastId = id;
    if (name === "error") throw new Error(detailOf(data));
    handlers[name]?.(turn, data);
  }
}

const handlers = {
  run(_turn, data) {
    threadId = data.thread_id;
    byId("new-conversation").hidden = false;
  },
  token(turn, data) {
    turn.answer.append(data.text);
  },
  tool_started(turn, data) {
    turn.answer.textContent = "";
    tell(`Using ${data.tool.replaceAll("_", " ")} …`);
  },
  restart(turn, data) {
    turn.answer.textContent = "";
    tell(`${data.failed} failed; ${data.next} answers instead.`);
  },
  cancelled(turn) {
    fail(turn, "The run was cancelled.");
  },
  end(turn, answer) {
    turn.answer.textContent = answer.answer;
    turn.details.replaceChildren(...sources(answer.citations));
    if (answer.status === "awaiting_approval") {
      turn.undecided = answer.approvals.length;
      turn.details.append(...answer.approvals.map((each) => approval(turn, answer, each)));
      tell("A decision of yours is needed.");
    } else {
      turn.details.append(element("p", { class: "meta" }, `Answered by ${answer.model}.`));
      tell("Done.");
    }
  },
};

function sources(citations) {
  if (!citations.length) return [];
  const items = citations.map(({ number, passage }) => {
    const place = `${passage.document}, page ${passage.page}`;
    return element("li", { value: number }, place, element("blockquote", { tabindex: "0" }, passage.text));
  });
  return [element("h3", {}, "Sources"), element("ol", {}, ...items)];
}

function approval(turn, answer, call) {
  const box = element("div", { role: "group", "aria-label": `Decide on ${call.tool}` });
  const decide = (decision) => (event) => {
    during(event.target, async () => {
      await send(call.path, { decision });
      box.replaceChildren(decision === "approve" ? "Approved." : "Rejected.");
      turn.undecided -= 1;
      if (turn.undecided) return;
      tell("Continuing …");
      const headers = { "last-event-id": turn.lastId };
      await follow(await request(`/runs/${answer.run_id}/events`, { headers }), turn);
    }, (message) => fail(turn, message));
  };
  const approve = element("button", { type: "button" }, "Approve");
  const reject = element("button", { type: "button", class: "quiet" }, "Reject");
  approve.addEventListener("click", decide("approve"));
  reject.addEventListener("click", decide("reject"));
  const shown = element("pre", {}, call.payload);
  box.append(`${call.tool} will send exactly this:`, shown);
  box.append(element("div", { class: "row" }, approve, reject));
  return box;
}

function fail(turn, message) {
  turn.details.append(element("p", { class: "problem", role: "alert" }, message));
  tell("");
}

function tell(message) {
  byId("ask-status").textContent = message;
}
