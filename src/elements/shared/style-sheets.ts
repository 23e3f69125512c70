import type { CSSResultOrNative } from 'lit';

/**
 * A constructed style sheet works only in the document it was made for, so each document gets its
 * own copy, made once.
 */
const sheets = new WeakMap<Document, WeakMap<CSSResultOrNative, CSSStyleSheet>>();

/**
 * Applies `styles` to `root` as constructed style sheets of its current document. Unlike a
 * `<style>` element, they pass a strict `style-src` policy. Documents without a window (of a
 * `<template>` or a parser) can make none, and render nothing.
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
