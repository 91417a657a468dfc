const TIME_MS = 160;

/** Lets nodes glide from where they are to where the change puts them, so that the eye can follow. */
export function glide(nodes, change) {
  const before = nodes.map(node => node.getBoundingClientRect());
  change();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  nodes.forEach((node, index) => {
    const { left, top } = node.getBoundingClientRect();
    const [x, y] = [before[index].left - left, before[index].top - top];
    if (x !== 0 || y !== 0) node.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: TIME_MS, easing: "ease-out" });
  });
}
