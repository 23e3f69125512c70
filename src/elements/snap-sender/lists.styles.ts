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
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 3em;
    block-size: 3em;
    border-radius: var(--_radius-s);
    background: var(--_raised);
    color: var(--_text-quiet);
    object-fit: cover;
  }

  .name {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .details {
    color: var(--_text-quiet);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  /*
   * Pending items. The padding leaves room for the remove buttons, which stick out at the top and
   * at the end, and for the scroll bar.
   */

  .strip {
    gap: var(--_space-3);
    margin-block-start: calc(var(--_space-2) * -1);
    padding-block: var(--_space-2) var(--_space);
    padding-inline-end: var(--_space-2);
    overflow-x: auto;
    scrollbar-width: thin;
  }

  .pending {
    position: relative;
    flex: none;
  }

  .pending .thumb {
    inline-size: 5em;
    block-size: 5em;
    border: 1px solid var(--_line);
  }

  .pending .file {
    align-content: center;
    gap: var(--_space);
    padding: var(--_space-2);
  }

  .pending .file .name {
    max-inline-size: 100%;
    font-size: 0.75em;
  }

  .remove {
    position: absolute;
    inset-block-start: calc(var(--_space-2) * -1);
    inset-inline-end: calc(var(--_space-2) * -1);
    display: grid;
    place-items: center;
    inline-size: 1.75em;
    block-size: 1.75em;
    padding: 0;
    border: 1px solid var(--_line-strong);
    border-radius: 50%;
    background: var(--_surface);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  /* The scroller clips an outer ring. Inside it is visible on the button's own background. */
  .remove:focus-visible {
    outline-offset: -3px;
  }

  .remove svg {
    inline-size: 1em;
    block-size: 1em;
  }

  /* The disc is small; its touch target is not. */
  .remove::after {
    content: '';
    position: absolute;
    inset: -0.5em;
  }

  .strip + .more {
    margin-block-start: var(--_space);
  }

  /* Transfers */

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

  /* Latest deliveries */

  .delivered {
    flex-direction: column;
    gap: var(--_space);
    color: var(--_text-quiet);
    font-size: 0.875em;
  }

  .delivered li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
  }

  /* The details wrap to a line of their own only if next to nothing of the name would remain. */
  .delivered .name {
    flex: 1 1 6em;
    min-inline-size: 0;
  }

  .delivered .details {
    margin-inline-start: auto;
    font-size: inherit;
  }

  .delivered .thumb {
    inline-size: 2em;
    block-size: 1.5em;
    border-radius: 0.25em;
  }

  .delivered svg {
    inline-size: 1.125em;
    block-size: 1.125em;
    color: var(--_success);
  }

  li.more {
    padding-inline-start: calc(1.125em + var(--_space-2));
  }
`;
