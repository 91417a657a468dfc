const STATUSES = {
  running: ["running", "accent"],
  awaitingApproval: ["waits for approval", "warn"],
  completed: ["serving", "good"],
  held: ["held by a gate", "bad"],
  rejected: ["rejected", "bad"],
  timedOut: ["not approved in time", "bad"],
  failed: ["failed", "bad"],
};

const STAGES = {
  dataset: "Build the data set",
  training: "Train and evaluate",
  gates: "Check the gates",
  approval: "Wait for a person’s approval",
  publication: "Publish the model",
  serving: "Serve the new model",
};

const GATES = { rewardAccuracy: "Reward model’s accuracy", winRate: "Win rate, lower end", moderation: "Rise of flagged answers", kl: "KL divergence" };

const look = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);

/** Words and tone. */
export const statusInWords = status => look(STATUSES, status) ?? [status, ""];

export const isUnderWay = status => status === "running" || status === "awaitingApproval";

export const stageInWords = name => look(STAGES, name) ?? name;

export const gateInWords = name => look(GATES, name) ?? name;
