import { css } from 'lit';
import { addressField } from '../../shared/address.styles.js';

/** The ways out of a failure, and the dialog *Use your phone*. */
export const failureStyles = css`
  .poster .title {
    font-size: 1.0625em;
  }

  .ways,
  .others {
    justify-content: center;
  }

  .ways {
    flex-flow: column nowrap;
  }

  .others {
    gap: 0 var(--_space-2);
  }

  .others .button.quiet {
    padding-inline: var(--_space-3);
    color: var(--_accent);
  }

  .link {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-2);
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  .address {
    flex: 1 1 12em;
    ${addressField}
  }

  .link .button {
    flex: 0 1 auto;
  }

  .link .button.copied {
    border-color: var(--_success);
    --_color: var(--_success);
  }

  /* The browser draws it, allows few styles, and ignores clicks on one that is hard to read. */
  .allow {
    /* Its sizes are without its padding. */
    min-block-size: calc(var(--_target) - 16px);
    padding: 8px clamp(4px, 4cqi, 16px);
    border: 0;
    border-radius: var(--_radius-s);
    background-color: var(--_accent);
    color: var(--_on-accent);
    font-family: inherit;
    /* It breaks no line, and takes no letters of less than 13 px. */
    font-size: clamp(13px, 6.4cqi, 1em);
    cursor: pointer;
  }

  .use-phone {
    inline-size: min(100% - 2 * var(--_space-4), 24em);
    max-block-size: calc(100% - 2 * var(--_space-4));
    overflow: auto;
    overscroll-behavior: contain;
    padding: var(--_space-4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    text-align: center;
    /* For whenOutOfReach(). */
    transition: visibility 1ms;
  }

  .use-phone[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-3);
  }

  .use-phone::backdrop {
    background: rgb(8 14 13 / 60%);
  }

  .use-phone p {
    margin: 0;
    text-wrap: balance;
  }

  .use-phone .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    text-align: start;
  }

  /* Scanned from a distance, so its size does not depend on the font size. */
  .use-phone .qr {
    display: block;
    inline-size: min(100%, 240px);
    block-size: auto;
    margin-inline: auto;
    border-radius: var(--_radius-s);
    background: #fff;
    forced-color-adjust: none;
  }

  .joined {
    display: grid;
    justify-items: center;
    gap: var(--_space-3);
    padding-block: var(--_space-6);
    font-weight: 600;
  }

  .failed .joined .emblem,
  .joined .emblem {
    background: color-mix(in srgb, var(--_success) 14%, var(--_raised));
    color: var(--_success);
  }
`;
