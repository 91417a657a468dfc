import { AdminPage, part } from "./admin-page.js";
import { failedMessages, overview } from "./admin-api.js";
import { agreementPart, labelersPart } from "./dashboard-agreement.js";
import { datasetsPart, disagreementsPart, feedbackPart } from "./dashboard-data.js";
import { queuesPart, tasksPart, throughputPart, tilesPart } from "./dashboard-work.js";
import { failedPart } from "./failed-messages.js";

const EVERY_MS = 15_000;

const page = new AdminPage(load, EVERY_MS);

const show = {
  tiles: part("tiles", tilesPart),
  tasks: part("tasks", tasksPart),
  throughput: part("throughput", throughputPart),
  agreement: part("agreement", agreementPart),
  labelers: part("labelers", labelersPart),
  queues: part("queues", queuesPart),
  failed: part("failed", messages => failedPart(messages, page)),
  disagreements: part("disagreements", disagreementsPart),
  feedback: part("feedback", feedbackPart),
  datasets: part("datasets", datasetsPart),
};

async function load() {
  const [seen, failed] = await Promise.all([overview(), failedMessages()]);
  // First, so that the charts find their width.
  document.getElementById("content").hidden = false;
  show.tiles(seen);
  show.tasks({ tasks: seen.tasks, byKind: seen.byKind });
  show.throughput(seen.throughput);
  show.agreement(seen.agreement);
  show.labelers(seen.agreement?.labelers);
  show.queues(seen.queues);
  show.failed(failed);
  show.disagreements(seen.disagreements);
  show.feedback(seen.feedback);
  show.datasets(seen.datasets);
  document.getElementById("fresh").textContent = `As of ${new Date(seen.at).toLocaleTimeString("en")}, asked for every ${EVERY_MS / 1000} seconds`;
}

page.refresh();
