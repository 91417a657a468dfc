import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { button } from "./dom.js";
import { Drawer } from "./drawer.js";
import { Sidebar } from "./sidebar.js";
import { YourData } from "./your-data.js";

const NEAR_BOTTOM_PX = 120;

const byId = id => document.getElementById(id);
const scroller = document.documentElement;

let conversation;
let isAtBottom = true;

const composer = new Composer(message => {
  hideNotice();
  page.announce("Thinking…");
  conversation.ask(message);
  scrollTo({ top: scroller.scrollHeight });
}, () => conversation.stop());

const page = {
  changed(node) {
    byId("welcome").hidden = !conversation.isEmpty;
    composer.isBusy = conversation.isBusy;
    composer.canStop = conversation.canStop;
    document.title = conversation.title ? `${conversation.title.slice(0, 60)} · ChatLoop` : "ChatLoop";
    // Who has scrolled up to read is left in peace; a long answer is shown from its question on.
    if (node && isAtBottom) node.scrollIntoView({ block: node.offsetHeight > innerHeight / 2 ? "start" : "end" });
  },
  announce: text => { byId("announcer").textContent = text; },
  identified(id) {
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    sidebar.refresh();
  },
  edit(text) {
    page.changed();
    composer.fill(text);
    composer.focus();
  },
  startOver(text) {
    startNew();
    composer.fill(text);
  },
  focusComposer: () => composer.focus(),
  longestQuestion: composer.longest,
};

const drawer = new Drawer();
const sidebar = new Sidebar({
  currentId: () => conversation.id,
  lastTurnId: () => conversation.lastTurnId,
  announce: page.announce,
  opened: () => drawer.leave(),
  renamed(id, title) {
    if (id === conversation.id) conversation.title = title;
  },
  deleted(id) {
    if (id === conversation.id) startNew();
  },
});

async function open(id) {
  conversation?.close();
  const opened = new Conversation(id, byId("turns"), page);
  conversation = opened;
  sidebar.showCurrent();
  hideNotice();
  page.announce("");
  byId("welcome").hidden = id !== null;
  composer.isBusy = id !== null;
  composer.canStop = false;
  if (id) showNotice("Loading the conversation…");
  try {
    await opened.open();
    if (opened !== conversation) return;
    hideNotice();
    scrollTo({ top: scroller.scrollHeight, behavior: "instant" });
  } catch (error) {
    if (opened === conversation) await showOpenError(id, error);
  }
}

async function showOpenError(id, error) {
  if (error.isTemporary) {
    showNotice(`The conversation could not be loaded. ${error.message}`, button("Try again", () => {
      composer.focus();
      open(id);
    }));
  } else {
    history.replaceState(null, "", location.pathname + location.search);
    await open(null);
    showNotice("There is no such conversation (any more). Here is a new one.");
  }
}

function startNew() {
  if (location.hash) history.pushState(null, "", location.pathname + location.search);
  open(null);
  drawer.leave();
  composer.focus();
}

function showNotice(text, ...actions) {
  byId("notice").replaceChildren(text, ...actions);
  byId("notice").hidden = false;
  page.announce(text);
}

function hideNotice() {
  byId("notice").hidden = true;
}

function idInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return location.hash.slice(1);
  }
}

// What was on the page is deleted too.
new YourData(() => {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  open(null);
  sidebar.refresh();
});
byId("new-conversation").addEventListener("click", startNew);
for (const suggestion of document.querySelectorAll(".suggestions button")) {
  suggestion.addEventListener("click", () => {
    composer.fill(suggestion.textContent);
    composer.focus();
  });
}
// The address's hash names the conversation, so the link must not go there.
document.querySelector(".skip-link").addEventListener("click", event => {
  event.preventDefault();
  composer.focus();
});
addEventListener("hashchange", () => open(idInAddress()));
addEventListener("scroll", () => {
  isAtBottom = scroller.scrollHeight - innerHeight - scrollY < NEAR_BOTTOM_PX;
}, { passive: true });
addEventListener("offline", showConnection);
addEventListener("online", () => {
  showConnection();
  conversation.retryUnsent();
});

function showConnection() {
  byId("offline").hidden = navigator.onLine;
}

showConnection();
open(idInAddress());
sidebar.refresh();
