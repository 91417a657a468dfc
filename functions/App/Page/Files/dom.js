const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. Text goes in as text nodes only: whatever a user or a model wrote is never read as markup.
 * A property that is undefined is left out.
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (property in made) made[property] = value;
    else made.setAttribute(property, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** A drawing of one line, for a button that has a label. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["viewBox", "0 0 24 24"], ["width", 18], ["height", 18], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, "path");
  for (const [name, value] of [["d", path], ["fill", "none"], ["stroke", "currentColor"], ["stroke-width", 1.8], ["stroke-linejoin", "round"], ["stroke-linecap", "round"]]) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}

export const button = (label, onClick, className = "button") => {
  const made = element("button", { type: "button", className }, label);
  made.addEventListener("click", onClick);
  return made;
};
