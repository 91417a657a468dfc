import { mistakeInId, user } from "./work-user.js";

const byId = id => document.getElementById(id);

let onChosen = () => {};

/** Asks who labels here. */
export function askWho(then) {
  onChosen = then;
  byId("who-id").value = user.id ?? "";
  byId("who-problem").textContent = "";
  if (!byId("who-dialog").open) byId("who-dialog").showModal();
  byId("who-id").select();
}

byId("who-cancel").addEventListener("click", () => byId("who-dialog").close());
byId("who-form").addEventListener("submit", event => {
  event.preventDefault();
  const id = byId("who-id").value.trim();
  byId("who-problem").textContent = mistakeInId(id) ?? "";
  if (mistakeInId(id)) return;
  user.id = id;
  byId("who-dialog").close();
  onChosen();
});
