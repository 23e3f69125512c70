import { css } from 'lit';

/**
 * Adds the two boxes that keep the page's styles out of what an element renders. `:host` rules are
 * not enough: a page's rule for `*` matches the host and wins over them, but matches nothing
 * inside.
 *
 * ```
 *  host ─► .boundary    resets inherited styles but colour and typeface; gives a sensible width
 *            └► .root    sets the font size; contains the content, which never affects the width
 * ```
 */
export function addStyleBoundary(shadow: ShadowRoot): HTMLElement {
  const boundary = document.createElement('div');
  const root = document.createElement('div');
  boundary.className = 'boundary';
  root.className = 'root';
  boundary.append(root);
  shadow.replaceChildren(boundary);
  return root;
}

/**
 * **Width.** Containers that shrink to fit (a dialog, a flex row, a table cell) ask for a minimum
 * and a maximum content width. The content must not answer: one long file name would widen a dialog
 * to the screen, and every photo would make it jump. So the content has `contain: inline-size`, and
 * an empty grid with one flexible column answers instead.
 *
 * **Text.** `all: initial` resets every inherited property, including future ones. What the page
 * and the person may decide is then inherited again: `direction` and custom properties, which `all`
 * does not cover, and the host's colour and typeface, because `snap-sender { color: navy }` means
 * the text. `medium` is the font size that the person has set in the browser. 1rem would follow the
 * page, and `html { font-size: 62.5% }` makes it 10px.
 *
 * **Lines and first letters.** Underlines and `::first-letter` propagate into block boxes but not
 * into inline-blocks, so `.root` is one. `line-height: 0` removes the space around its line.
 */
export const styleBoundary = css`
  :host {
    display: block;
    box-sizing: border-box;
    /*
     * A percentage is treated as 0 while tracks and table cells are measured, so this never widens
     * them.
     */
    min-inline-size: min(100%, 160px);
    writing-mode: horizontal-tb;
    /*
     * Set on the host, so that no ancestor's value is inherited and an author's rule for the
     * element wins.
     */
    color: var(--_text);
    font-family: var(--snap-font, system-ui, sans-serif);
  }

  .boundary {
    all: initial;
    color: inherit;
    font-family: inherit;
    color-scheme: inherit;
    pointer-events: inherit;
    visibility: inherit;
    -webkit-locale: inherit;
    display: block;
    flex: auto;
    box-sizing: border-box;
    inline-size: 100%;
    min-inline-size: 0;
    font-size: medium;
    line-height: 0;
    user-select: text;
    -webkit-user-select: text;
  }

  .boundary::before,
  .root {
    font-size: var(--snap-font-size, max(1rem, 1em));
    line-height: 1.5;
  }

  .boundary::before {
    content: '';
    display: grid;
    grid-template-columns: minmax(160px, 30em);
    block-size: 0;
    overflow: hidden;
  }

  .root {
    position: relative;
    display: inline-block;
    contain: inline-size;
    inline-size: 100%;
    vertical-align: top;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }

  [hidden] {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: inherit;
  }
`;
