import { css } from 'lit';
import { addressField } from '../shared/address.styles.js';

/**
 * The QR code beside its text if both fit, else above it; the text alone if the page hides the
 * code.
 */
export const styles = css`
  .layout {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-4);
  }

  /* Scanned from a distance, so its size does not depend on the font size. */
  .qr {
    display: block;
    inline-size: min(100%, var(--snap-qr-size, 200px));
    block-size: auto;
    margin-inline: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-s);
    background: #fff;
    forced-color-adjust: none;
  }

  /* The address and the buttons share a row if they fit, but not by shrinking the code. */
  .details {
    display: flex;
    flex: 1 1 15em;
    flex-wrap: wrap;
    gap: var(--_space-2);
    min-inline-size: 0;
  }

  .details > p {
    flex: 1 0 100%;
    margin-block-end: var(--_space);
  }

  .actions {
    flex: 1 1 auto;
  }

  input {
    flex: 1 1 14em;
    ${addressField}
  }

  .actions .button:not(.icon) {
    flex: 1 1 auto;
  }

  .open {
    padding-inline: var(--_space-2);
    color: var(--_accent);
    font-weight: 400;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
  }

  .button.copied {
    border-color: var(--_success);
    --_color: var(--_success);
  }

  /* A live region must be in the page before its text is. While empty, it takes no space. */
  [role='alert']:not(:has(.notice)) {
    position: absolute;
  }

  [role='alert'] {
    flex: 1 0 100%;
  }

  .notice {
    margin: 0;
  }

  .empty {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    margin: 0;
  }
`;
