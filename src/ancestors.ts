/**
 * Checks of node types that do not use `instanceof`: an element that was moved into an iframe or a
 * Picture-in-Picture window has ancestors of that window's classes.
 */

export function isElement(node: EventTarget | null): node is Element {
  return isNode(node) && node.nodeType === Node.ELEMENT_NODE;
}

export function isNode(target: EventTarget | null): target is Node {
  return target !== null && 'nodeType' in target;
}

/**
 * Yields the ancestors of `node` from its parent outwards, crossing from shadow roots to their
 * hosts.
 */
export function* ancestors(node: Node): Generator<Node, void> {
  for (let above = parent(node); above; above = parent(above)) yield above;
}

function parent(node: Node): Node | null {
  return node.parentNode ?? (isShadowRoot(node) ? node.host : null);
}

/** An `<a>` also has a `host`: that of its URL. */
function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in node;
}
