/**
 * Nodes told apart by what they are, not by `instanceof`: an element that was moved into an iframe
 * or a Picture-in-Picture window stands among nodes of that window's classes, which are not ours.
 */

export function isElement(node: EventTarget | null): node is Element {
  return isNode(node) && node.nodeType === Node.ELEMENT_NODE;
}

export function isNode(target: EventTarget | null): target is Node {
  return target !== null && 'nodeType' in target;
}

/** What `node` lies in, from its parent outwards: climbs out of shadow roots to their hosts. */
export function* ancestors(node: Node): Generator<Node, void> {
  for (let above = parent(node); above; above = parent(above)) yield above;
}

function parent(node: Node): Node | null {
  return node.parentNode ?? (isShadowRoot(node) ? node.host : null);
}

/** A link has a `host` as well: the one of its address. */
function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in node;
}
