import type { CSSResultOrNative } from 'lit';

/**
 * A constructed style sheet belongs to the document that it was made for; each document gets its
 * own, made once.
 */
const sheets = new WeakMap<Document, WeakMap<CSSResultOrNative, CSSStyleSheet>>();

/**
 * Gives `root` the styles, made for the document that it is in now. No `<style>` is written, so a
 * strict `style-src` lets it through. A document that nobody sees (of a `<template>`, of a parser)
 * makes no style sheets, and needs none.
 */
export function adoptStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { ownerDocument: document } = root;
  const view = document.defaultView;
  if (!view) return;
  const made = sheets.get(document) ?? new WeakMap<CSSResultOrNative, CSSStyleSheet>();
  sheets.set(document, made);
  root.adoptedStyleSheets = styles.map((style) => {
    const sheet = made.get(style) ?? sheetFor(view, style);
    made.set(style, sheet);
    return sheet;
  });
}

function sheetFor(view: Window & typeof globalThis, style: CSSResultOrNative): CSSStyleSheet {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(
    'cssText' in style ? style.cssText : [...style.cssRules].map(({ cssText }) => cssText).join('\n'),
  );
  return sheet;
}
