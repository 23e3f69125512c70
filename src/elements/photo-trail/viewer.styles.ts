import { css } from 'lit';

/** Dark in every colour scheme, for the sake of the photos. */
export const viewerStyles = css`
  .viewer {
    --_accent: #5fd6c5;
    --_surface: #151b1a;
    --_warning: #f4bf63;
    --_text: #f4f7f6;
    --_text-quiet: #c3cdca;
    --_success: #74dd90;
    grid-template-rows: auto auto minmax(0, 1fr) auto;
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom)
      env(safe-area-inset-left);
    border: 0;
    background: #0b0f0e;
    color: var(--_text);
    overflow: hidden;
    /*
     * Fires the transition events that whenOutOfReach listens to. Important, so that it also
     * applies with reduced motion; nothing moves.
     */
    transition: visibility 1ms !important;
  }

  .viewer[open] {
    display: grid;
  }

  .viewer::backdrop {
    background: #0b0f0e;
  }

  .bar {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space);
    font-size: 0.875em;
  }

  .viewer .notice {
    margin: 0 var(--_space-2);
  }

  .bar > :last-child {
    justify-self: end;
  }

  .bar .row {
    gap: 0;
    margin: 0;
    padding: 0;
  }

  .bar .button {
    color: var(--_text);
  }

  .bar .button[aria-disabled='true'] {
    color: #6c7774;
  }

  .bar .caption {
    padding: 0;
    text-align: center;
  }

  .slides {
    display: flex;
    overflow: auto hidden;
    overscroll-behavior: contain;
    scroll-snap-type: inline mandatory;
    scrollbar-width: none;
  }

  .slides:focus-visible {
    outline-offset: -3px;
  }

  /* One grid cell of the slide's own size, so that 100% refers to the slide, not to the photo. */
  .slide {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    flex: 0 0 100%;
    place-items: center;
    min-inline-size: 0;
    padding: 6px;
    scroll-snap-align: start;
    scroll-snap-stop: always;
  }

  .slide img {
    display: block;
    max-inline-size: 100%;
    max-block-size: 100%;
    object-fit: contain;
  }

  .slide svg {
    inline-size: 4em;
    block-size: 4em;
  }

  .slides,
  .slide {
    min-block-size: 0;
  }
`;
