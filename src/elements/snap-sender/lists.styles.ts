import { css } from 'lit';

/**
 * The three lists of a sender: pending items in a horizontal scroller, transfers with progress, and
 * the latest deliveries.
 */
export const listStyles = css`
  ul {
    display: flex;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .heading {
    margin: 0 0 var(--_space-2);
    font-size: 0.875em;
    font-weight: 600;
  }

  .thumb {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 3em;
    block-size: 3em;
    border-radius: var(--_radius-s);
    background: var(--_raised);
    color: var(--_text-quiet);
    overflow: hidden;
  }

  .thumb img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  /* A clip: a play mark, on whatever is in the picture. */
  .mark {
    position: absolute;
    display: grid;
    place-items: center;
    inline-size: 1.75em;
    block-size: 1.75em;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_surface) 86%, transparent);
    color: var(--_text);
  }

  .mark svg {
    inline-size: 1.125em;
    block-size: 1.125em;
  }

  /* A name is cut in its middle: the head gives way, the end stays. */
  .name {
    display: inline-flex;
    justify-self: start;
    max-inline-size: 100%;
    min-inline-size: 0;
    white-space: pre;
  }

  .name > * {
    min-inline-size: 0;
    overflow: hidden;
  }

  .name > .head {
    flex: 0 1000 auto;
    text-overflow: ellipsis;
  }

  .name > .head:not(:last-child) {
    min-inline-size: 3em;
  }

  /* Where there is no room even for the end, its own beginning is cut off. */
  .name > .end {
    display: flex;
    flex: 0 1 auto;
    justify-content: flex-end;
  }

  .line {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
  }

  .details {
    color: var(--_text-quiet);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  .heading + .outgoing,
  .total + .outgoing {
    margin-block-start: var(--_space-2);
  }

  /* Pending items. The padding leaves room for the scroll bar. */

  .strip {
    gap: var(--_space-2);
    padding-block-end: var(--_space-2);
    overflow-x: auto;
    scrollbar-width: thin;
  }

  .pending {
    position: relative;
    flex: none;
    inline-size: 5.5em;
    block-size: 5.5em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-s);
    background: var(--_raised);
    overflow: hidden;
  }

  .pending .thumb {
    inline-size: 100%;
    block-size: 100%;
    border-radius: 0;
  }

  .caption {
    position: absolute;
    inset-inline: var(--_space);
    inset-block-end: var(--_space);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    font-size: 0.75em;
    text-align: center;
  }

  .caption .name {
    justify-self: center;
  }

  .length {
    position: absolute;
    inset-block-end: var(--_space);
    inset-inline-start: var(--_space);
    padding-inline: var(--_space);
    border-radius: var(--_space);
    background: color-mix(in srgb, var(--_surface) 86%, transparent);
    color: var(--_text);
    font-size: 0.75em;
    font-variant-numeric: tabular-nums;
  }

  .caption + .length {
    inset-block: var(--_space) auto;
  }

  /* The disc is small; its touch target is not, and lies within its own item. */
  .remove {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    display: grid;
    place-content: start end;
    inline-size: var(--_target);
    block-size: var(--_target);
    padding: var(--_space);
    border: 0;
    border-radius: var(--_radius-s);
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  .disc {
    display: grid;
    place-items: center;
    inline-size: 1.5em;
    block-size: 1.5em;
    border: 1px solid var(--_line-strong);
    border-radius: 50%;
    background: var(--_surface);
  }

  .disc svg {
    inline-size: 0.875em;
    block-size: 0.875em;
  }

  .remove:focus-visible {
    outline: none;
  }

  .remove:focus-visible .disc {
    outline: 3px solid var(--_accent);
    outline-offset: 0;
    /* The photo around it may have the colour of the ring. */
    box-shadow: 0 0 0 5px var(--_surface);
  }

  .strip + .more {
    margin-block-start: var(--_space);
  }

  .undo {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--_space-3);
    margin: 0;
    padding-inline-start: var(--_space-4);
    border-radius: var(--_radius-s);
    background: var(--_raised);
  }

  .undo > span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .undo .button {
    margin-inline-start: auto;
    color: var(--_accent);
  }

  /* Transfers */

  .total {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }

  .outgoing {
    flex-direction: column;
    max-block-size: 18em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow-y: auto;
  }

  .transfer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-3);
    padding: var(--_space-2) var(--_space) var(--_space-2) var(--_space-3);
  }

  .transfer + .transfer {
    border-block-start: 1px solid var(--_line);
  }

  .about {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1 1 7em;
    min-inline-size: 0;
    line-height: 1.35;
  }

  .row-buttons {
    display: flex;
    margin-inline-start: auto;
  }

  .row-buttons .button {
    color: var(--_text-quiet);
  }

  .failed .details {
    display: flex;
    gap: var(--_space);
    color: var(--_danger);
  }

  .failed .details svg {
    inline-size: 1.25em;
    block-size: 1.25em;
  }

  progress {
    inline-size: 100%;
    block-size: 0.375em;
    margin-block-start: var(--_space);
    border: 0;
    border-radius: 1em;
    appearance: none;
    background: var(--_raised);
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: color-mix(in srgb, var(--_text) 12%, transparent);
  }

  progress::-webkit-progress-value {
    border-radius: 1em;
    background: var(--_accent);
    transition: inline-size var(--_quick);
  }

  progress::-moz-progress-bar {
    border-radius: 1em;
    background: var(--_accent);
  }

  /* What waits for a connection does not move. */
  .queued progress::-webkit-progress-value {
    background: var(--_line-strong);
  }

  .queued progress::-moz-progress-bar {
    background: var(--_line-strong);
  }

  /* Latest deliveries */

  .arrived {
    display: flex;
    gap: var(--_space-2);
    margin: 0 0 var(--_space-2);
    font-weight: 550;
    text-wrap: pretty;
  }

  .arrived > span {
    min-inline-size: 0;
  }

  .arrived svg {
    inline-size: 1.375em;
    block-size: 1.375em;
    color: var(--_success);
  }

  .delivered {
    flex-direction: column;
    color: var(--_text-quiet);
    font-size: 0.875em;
  }

  .delivered li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_space-2);
    min-block-size: 2.25em;
  }

  .what {
    display: flex;
    flex: 1 1 8em;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    min-inline-size: 0;
  }

  /* The details wrap to a line of their own only if next to nothing of the name would remain. */
  .what .line {
    flex: 1 1 7em;
  }

  .delivered .details {
    font-size: inherit;
  }

  .delivered .thumb {
    inline-size: 2.5em;
    block-size: 2em;
    border-radius: 0.25em;
  }

  .delivered .mark {
    inline-size: 1.25em;
    block-size: 1.25em;
  }

  .delivered .thumb:not(:has(img)) {
    background: none;
  }

  .delivered li > svg {
    inline-size: 1.125em;
    block-size: 1.125em;
    color: var(--_success);
  }

  .delivered + .more {
    margin-block-start: var(--_space);
  }
`;
