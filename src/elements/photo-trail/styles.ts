import { css } from 'lit';
import { itemStyles } from './item.styles.js';
import { viewerStyles } from './viewer.styles.js';

/** A grid of equal tiles, so that an arriving photo moves others as little as possible. */
const listStyles = css`
  .frame {
    border-radius: var(--_radius);
    outline-offset: 4px;
  }

  .frame:focus:not(:focus-visible) {
    outline: none;
  }

  .empty {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    place-items: center;
    gap: var(--_space-2);
    margin: 0;
    padding: var(--_space-6) var(--_space-4);
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius);
    color: var(--_text-quiet);
    text-align: center;
    text-wrap: balance;
  }

  .empty svg {
    inline-size: 2em;
    block-size: 2em;
  }

  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    min-block-size: var(--_target);
    margin-block-end: var(--_space-2);
    font-size: 0.875em;
  }

  .toolbar > span {
    color: var(--_text-quiet);
  }

  .notice {
    margin: 0 0 var(--_space-3);
  }

  .more {
    margin-block-start: var(--_space-3);
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--snap-trail-tile, 8.5em)), 1fr));
    gap: var(--_space-3);
    margin: 0;
    padding: 0;
    list-style: none;
  }
`;

export const styles = [listStyles, itemStyles, viewerStyles];
