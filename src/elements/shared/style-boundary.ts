import { css } from 'lit';

/**
 * What an element stands on, between the page and what it renders: two boxes of its own, because a
 * rule of the page for `*` reaches the host and beats every `:host` rule, but nothing inside.
 *
 * ```
 *  host ─► .boundary    of text styles, only the host's colour and typeface come in; as wide as is good where the place does not say
 *            └► .root   the type; whatever is rendered, which never decides how wide the element is
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
 * **How wide.** A place that fits its content (a dialog, a flex row, a table cell) asks for two
 * widths. The content must not answer: one long file name would make a dialog as wide as the
 * screen, and it would jump with every photo. So the content is contained, and an empty grid
 * answers in its stead: its one column may have any width between the two.
 *
 * **The type.** `all` takes back every inherited property, those of years to come as well. Below it
 * comes in again what the place and the person rightly decide (`direction` and custom properties
 * are no part of `all`), and the host's colour and typeface: an author who writes `snap-sender {
 * color: navy }` means the text. `medium` is the size that the person has chosen in the browser,
 * whatever the page has made of `rem`: 1em of the root, where `html { font-size: 62.5% }` would
 * leave ten pixels.
 *
 * **Lines and first letters.** An underline, and `::first-letter`, reach into every block on their
 * way, but not into an inline block. Its line is as high as it is: nothing of the line's own is
 * left.
 */
export const styleBoundary = css`
  :host {
    display: block;
    box-sizing: border-box;
    /*
     * A percentage counts as nothing while tracks and cells are being measured, so this never
     * widens them.
     */
    min-inline-size: min(100%, 160px);
    writing-mode: horizontal-tb;
    /* Said of the host: no ancestor's come in, and an author's rule for the element wins. */
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
