import { css } from 'lit';

/**
 * The buttons stand in one row if their labels fit, else two by two, else one below the other. The
 * labels decide, in any language. Everything else is below them, so that they never move under the
 * thumb.
 */
export const styles = css`
  .buttons,
  .pair {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }

  /* As wide as both labels in one line, or on a line of its own. */
  .pair {
    flex: 1 1 auto;
    max-inline-size: 100%;
  }

  .pair .button {
    flex: 2 1 0;
    gap: var(--_space);
    min-inline-size: auto;
    min-block-size: 3em;
    padding-inline: var(--_space-2);
    overflow-wrap: break-word;
    text-wrap: balance;
    /* While a background fades, the text on it could not be read. */
    transition: none;
  }

  /* In both pairs, the first label is the longer one, in most languages. */
  .pair .button:first-child {
    flex-grow: 3;
  }

  /*
   * Padding that shrinks before a label wraps: two buttons whose widths are set need more room than
   * their labels.
   */
  .pair .button::before,
  .pair .button::after {
    content: '';
    flex: 0 1000 0.4em;
    margin-inline: calc(var(--_space) * -0.5);
  }

  /*
   * The longest word decides when a button takes a line of its own. A word longer than the line is
   * broken.
   */
  .pair .label {
    min-inline-size: 0;
  }

  .hint {
    margin: 0;
    color: var(--_text-quiet);
    font-size: 0.875em;
    text-wrap: pretty;
  }

  .hint.press {
    color: inherit;
    font-size: inherit;
    font-weight: 550;
  }

  /* Nobody drops anything with a finger. */
  @media not ((hover: hover) and (pointer: fine)) {
    .hint.drop {
      display: none;
    }
  }

  .below {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-3);
    margin-block-start: var(--_space-3);
  }

  /* The state of the connection, and at the end of its line what is seldom wanted */

  .first {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--_space-2);
    /* The target of the button is higher than the text beside it. */
    margin-block-start: calc(var(--_space-2) * -1);
  }

  .first .status {
    flex: 1 1 8em;
    padding-block: var(--_space-2);
  }

  .first:not(:has(> *)) {
    display: none;
  }

  .folder {
    --_color: var(--_text-quiet);
    margin-inline-start: auto;
    padding-inline: 0;
    font-size: 0.875em;
  }

  .status {
    --_tone: var(--_text-quiet);
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    margin: 0;
    color: var(--_text-quiet);
    font-size: 0.875em;
  }

  .takes {
    margin: 0;
    color: var(--_text-quiet);
    font-size: 0.875em;
  }

  .status.connected {
    --_tone: var(--_success);
  }

  .status:is(.joining, .waiting, .reconnecting) {
    --_tone: var(--_waiting);
  }

  .status.failed {
    --_tone: var(--_danger);
  }

  .dot {
    flex: none;
    margin-inline: 0.25em;
    inline-size: 0.625em;
    block-size: 0.625em;
    border-radius: 50%;
    background: var(--_tone);
    box-shadow: 0 0 0 0.25em color-mix(in srgb, var(--_tone) 18%, transparent);
  }

  .status:is(.joining, .reconnecting) .dot {
    animation: breathe 1.6s ease-in-out infinite;
  }

  @keyframes breathe {
    50% {
      opacity: 0.35;
    }
  }

  [role='alert'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-2);
  }

  /* A live region must be in the page before its text is. While empty, it takes no space. */
  [role='alert']:not(:has(.notice)) {
    position: absolute;
  }

  .notice .text {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2) var(--_space-4);
  }

  .notice .text > span {
    flex: 1 1 14em;
  }

  /* Covers the element while files are dragged over it */

  .drop-zone {
    position: absolute;
    inset: calc(var(--_space-2) * -1);
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    border: 2px dashed var(--_accent);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_accent) 12%, var(--_surface));
    color: var(--_accent);
    font-weight: 600;
  }

  /* Above the whole page; what is under the pointer still gets the drop. */
  .drop-zone[popover] {
    position: fixed;
    inset: var(--_space-3);
    inline-size: auto;
    block-size: auto;
    margin: 0;
    background: color-mix(in srgb, var(--_surface) 88%, transparent);
    font-size: 1.25em;
    pointer-events: none;
  }

  .drop-zone[popover]:not(:popover-open) {
    display: none;
  }

  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
      background: CanvasText;
      box-shadow: none;
    }
  }
`;
