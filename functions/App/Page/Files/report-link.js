import { button, element } from "./dom.js";

/** Where something was held back: a way to say that it was a mistake. It goes once that is said. */
export function reportLink(report) {
  const said = element("span", { className: "said", "aria-live": "polite" });
  const link = button("Report a mistake", async () => {
    link.disabled = true;
    said.textContent = "";
    try {
      await report();
      link.remove();
      said.textContent = "Reported. A person will look at it.";
      said.tabIndex = -1;
      said.focus();
    } catch (error) {
      link.disabled = false;
      said.textContent = `That was not reported. ${error.status === 404 && error.code === "" ? "Reports are not taken here." : error.message}`;
    }
  }, "quiet");
  return element("span", { className: "report" }, link, said);
}
