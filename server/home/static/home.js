// Signed in or not: shows what can be done.

import { setUpAsking } from "./asking.js";
import { listDocuments, setUpUploads } from "./documents.js";
import { byId, during, showProblem } from "./elements.js";
import { getJson, request, send } from "./service.js";

async function start() {
  setUpUploads();
  setUpAsking();
  byId("link-form").addEventListener("submit", (event) => {
    event.preventDefault();
    during(event.submitter, signIn);
  });
  byId("sign-out").addEventListener("click", (event) => during(event.target, signOut));
  await show();
  if (location.pathname === "/sign-in") await explainRefusedLink();
}

/** The service shows this page where a link doesn't work; asked by fetch, it says why. */
async function explainRefusedLink() {
  const path = location.pathname + location.search;
  history.replaceState(null, "", "/");
  await request(path, { redirect: "manual" }).catch((error) => showProblem(error.message));
}

async function show() {
  try {
    await listDocuments();
    signedIn(true);
  } catch (error) {
    if (error.status !== 401) {
      showProblem(error.message);
      signedIn(error.status === 403); // it may ask, or may upload
      return;
    }
    signedIn(false);
    const { sign_in: ways } = await getJson("/");
    byId("link-form").hidden = !ways.link;
    byId("provider").hidden = !ways.provider;
  }
}

function signedIn(is) {
  byId("work").hidden = !is;
  byId("sign-out").hidden = !is;
  byId("sign-in").hidden = is;
}

async function signIn() {
  const link = byId("link").value.trim();
  const token = link.includes("token=") ? link.split("token=")[1].split("&")[0] : link;
  // The answer is a redirect that sets the session's cookie: following it by hand shows errors here.
  await request(`/sign-in?token=${encodeURIComponent(decodeURIComponent(token))}`, {
    redirect: "manual",
  });
  byId("link").value = "";
  await show();
  byId("question").focus();
}

async function signOut() {
  await send("/sign-out", {});
  byId("documents").replaceChildren();
  byId("conversation").replaceChildren();
  await show();
  byId("link").focus();
}

start();
