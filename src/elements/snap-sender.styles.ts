import { css } from 'lit';

/** Buttons in a row where there is room, two by two on a phone; everything else below them, so that they never move under the thumb. */
export const styles = css`
  :host {
    position: relative;
    container-type: inline-size;
  }

  .buttons {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--_space-2);
  }

  .buttons .button {
    gap: var(--_space);
    min-block-size: 3rem;
    padding-inline: var(--_space-2);
    overflow-wrap: normal;
  }

  /* On the narrowest phones two words in one line are worth more than a picture beside them. */
  @container (max-width: 19rem) {
    .buttons .button {
      font-size: 0.9375em;
    }

    .buttons svg {
      display: none;
    }
  }

  @container (min-width: 34rem) {
    .buttons {
      grid-template-columns: none;
      grid-auto-flow: column;
      grid-auto-columns: minmax(max-content, 1fr);
    }

    .buttons .button {
      gap: var(--_space-2);
      padding-inline: var(--_space-3);
    }
  }

  .below {
    display: grid;
    gap: var(--_space-3);
    margin-block-start: var(--_space-3);
  }

  /* How the connection stands */

  .status {
    --_tone: var(--_text-quiet);
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    margin: 0;
    color: var(--_text-quiet);
    font-size: 0.875em;
  }

  .status.connected {
    --_tone: var(--_success);
  }

  .status:is(.joining, .waiting, .reconnecting) {
    --_tone: var(--_warning);
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
    gap: var(--_space-2);
  }

  /* In the page from the start, or what enters it is not said; as long as it is empty it takes no room. */
  [role='alert']:not(:has(.notice)) {
    position: absolute;
  }

  .notice .text {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2) var(--_space-4);
  }

  .notice .text > span {
    flex: 1 1 14rem;
  }

  /* What covers the element while files are dragged over it */

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

  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
      background: CanvasText;
      box-shadow: none;
    }
  }
`;
