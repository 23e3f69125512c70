/**
 * The part of a node that its ancestors leave visible, and the horizontal limits of those that do
 * not scroll.
 */
interface Hole {
  readonly seen: DOMRect;
  readonly left: number;
  readonly right: number;
}

const ENDLESS = 1e6;
const everywhere = new DOMRect(-ENDLESS, -ENDLESS, 2 * ENDLESS, 2 * ENDLESS);

/**
 * Describes everything in `host` that is visible outside its box, and every control that is cut
 * off.
 */
export function stickingOut(host: HTMLElement): string[] {
  const box = host.getBoundingClientRect();
  const found = new Set<string>();

  const look = (node: Node, hole: Hole): void => {
    if (node instanceof Text) {
      if (node.data.trim() !== '' && boxes(node).some((rect) => out(rect, hole))) {
        found.add(`“${node.data.trim().slice(0, 40)}” sticks out`);
      }
      return;
    }
    // Skip what only screen readers reach, and the drop zone, which covers the whole element.
    if (!(node instanceof Element) || node.matches('.visually-hidden, .drop-zone, style')) return;
    const style = getComputedStyle(node);
    if (style.display === 'none') return;
    const rect = node.getBoundingClientRect();
    if (out(rect, hole)) found.add(`${named(node)} sticks out`);
    const cut = rect.left < hole.left - 1 || rect.right > hole.right + 1;
    if (cut && node.matches('button, a, input, progress')) found.add(`${named(node)} is cut off`);
    // A drawing is as large as its `<svg>`.
    if (node.localName === 'svg') return;
    const inner = style.overflowX === 'visible' ? hole : within(node, rect, style.overflowX, hole);
    for (const child of node.childNodes) look(child, inner);
  };

  const within = (node: Element, rect: DOMRect, overflow: string, hole: Hole): Hole => {
    const seen = common(rect, hole.seen);
    if (overflow === 'hidden' || overflow === 'clip') return { seen, left: rect.left, right: rect.right };
    if (!node.matches('.strip, .slides') && node.scrollWidth > node.clientWidth) {
      found.add(`${named(node)} scrolls sideways`);
    }
    return { seen, left: -ENDLESS, right: ENDLESS };
  };

  const out = (rect: DOMRect, { seen }: Hole): boolean => {
    const { left, right, top, bottom, width, height } = common(rect, seen);
    if (width <= 0 || height <= 0) return false;
    return Math.max(box.left - left, right - box.right, box.top - top, bottom - box.bottom) > 1;
  };

  for (const node of host.shadowRoot!.childNodes)
    look(node, { seen: everywhere, left: -ENDLESS, right: ENDLESS });
  return [...found];
}

function boxes(text: Text): DOMRect[] {
  const range = document.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()];
}

/** The intersection; empty if width or height is 0. */
function common(one: DOMRect, other: DOMRect): DOMRect {
  const left = Math.max(one.left, other.left);
  const top = Math.max(one.top, other.top);
  const width = Math.max(0, Math.min(one.right, other.right) - left);
  return new DOMRect(left, top, width, Math.max(0, Math.min(one.bottom, other.bottom) - top));
}

function named(node: Element): string {
  return `<${[node.localName, ...node.classList].join('.')}>`;
}
