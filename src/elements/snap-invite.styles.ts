import { css } from 'lit';

/** The code beside its words where there is room, above them where there is none. */
export const styles = css`
  :host {
    container-type: inline-size;
  }

  .layout {
    display: grid;
    gap: var(--_space-4);
  }

  @container (min-width: 30rem) {
    .layout:has(.qr) {
      grid-template-columns: var(--snap-qr-size, 12.5rem) minmax(0, 1fr);
      align-items: center;
    }
  }

  .qr {
    display: block;
    inline-size: min(100%, var(--snap-qr-size, 12.5rem));
    block-size: auto;
    margin-inline: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-s);
    background: #fff;
    forced-color-adjust: none;
  }

  /* The address and what to do with it: in one row where there is room, and never on the code's account. */
  .words {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    min-inline-size: 0;
  }

  .words > p {
    flex: 1 0 100%;
    margin-block-end: var(--_space);
  }

  .actions {
    flex: 1 1 auto;
  }

  input {
    flex: 1 1 14rem;
    min-inline-size: 0;
    min-block-size: var(--_target);
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-s);
    background: var(--_raised);
    color: var(--_text);
    font:
      400 0.875em/1.5 ui-monospace,
      'SFMono-Regular',
      Consolas,
      monospace;
    text-overflow: ellipsis;
  }

  .actions .button:not(.icon) {
    flex: 1 0 auto;
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
    color: var(--_success);
  }

  /* In the page from the start, or what enters it is not said; as long as it is empty it takes no room. */
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
