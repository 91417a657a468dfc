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

export const button = (label, onClick, className = "button") => {
  const made = element("button", { type: "button", className }, label);
  made.addEventListener("click", onClick);
  return made;
};
