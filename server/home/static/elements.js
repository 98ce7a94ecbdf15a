// Elements of the page. Text is only ever set as text.

export const byId = (id) => document.getElementById(id);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function showProblem(message) {
  byId("problem").textContent = message;
  byId("problem").hidden = !message;
}

/** Run what a form or a button does: once at a time, its errors in words. */
export async function during(control, work, failed = showProblem) {
  showProblem("");
  control.disabled = true;
  try {
    await work();
  } catch (error) {
    failed(error.message);
  } finally {
    control.disabled = false;
  }
}
