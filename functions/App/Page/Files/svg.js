const NAMESPACE = "http://www.w3.org/2000/svg";

/** Makes an SVG element; text goes in as text nodes only. */
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) made.setAttribute(attribute, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}
