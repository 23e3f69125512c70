import { css } from 'lit';

/**
 * The controls on the picture: white on dark glass in every colour scheme, because the picture may
 * have any colour. They lie at the lower edge, for a thumb; in a low, wide frame at its end, as on
 * a phone held sideways.
 */
export const layoutStyles = css`
  .frame > .hud {
    container: hud / size;
    position: absolute;
    inset: 0;
    z-index: 2;
    grid-area: auto;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    pointer-events: none;
  }

  .hud > * {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: 0;
  }

  .hud :is(button, label, input, select, a, .notice),
  .hud ::slotted(*) {
    pointer-events: auto;
  }

  .layout {
    --_edge: var(--_space-3);
    display: grid;
    grid-template:
      'tools' auto
      'middle' minmax(0, 1fr)
      'bar' auto / minmax(0, 1fr);
    gap: var(--_space-2);
    padding: var(--_edge);
    color: #fff;
  }

  .tools {
    grid-area: tools;
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: flex-end;
    gap: var(--_space-2);
  }

  /* Its longest word decides when the buttons beside it take a line of their own. */
  .status {
    flex: 1 1 0;
    min-inline-size: min-content;
    max-inline-size: 100%;
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    overflow-wrap: break-word;
  }

  .middle {
    grid-area: middle;
    align-self: end;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    min-inline-size: 0;
  }

  .bar {
    grid-area: bar;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
    align-items: center;
    justify-self: center;
    gap: var(--_space-3);
    inline-size: min(100%, 26em);
  }

  .side {
    display: flex;
    align-items: center;
    grid-column: 1;
  }

  .side.end {
    justify-content: flex-end;
    grid-column: 3;
  }

  @container hud (min-aspect-ratio: 6/5) and (max-height: 34em) {
    .layout {
      grid-template:
        'tools bar' auto
        'middle bar' minmax(0, 1fr) / minmax(0, 1fr) auto;
      column-gap: var(--_space-3);
    }

    .bar {
      grid-template: minmax(0, 1fr) auto minmax(0, 1fr) / auto;
      align-items: normal;
      justify-items: center;
      gap: var(--_space-2);
      inline-size: auto;
    }

    .bar > * {
      grid-column: 1;
      grid-row: 2;
    }

    .side {
      grid-row: 3;
      align-items: flex-end;
    }

    .side.end {
      grid-row: 1;
      align-items: flex-start;
      grid-column: 1;
    }
  }

  /* Where the frame reaches the edges of the screen, controls keep off the notch and the corners. */
  @container hud (min-width: 100vw) {
    .layout {
      padding-left: max(var(--_edge), env(safe-area-inset-left));
      padding-right: max(var(--_edge), env(safe-area-inset-right));
    }
  }

  @container hud (min-height: 92vh) {
    .layout {
      padding-top: max(var(--_edge), env(safe-area-inset-top));
      padding-bottom: max(var(--_edge), env(safe-area-inset-bottom));
    }
  }

  .hud svg.onwards:dir(rtl) {
    transform: scaleX(-1);
  }

  .on-picture {
    --_background: rgb(12 18 17 / 66%);
    --_color: #fff;
    --_tint: rgb(12 18 17);
    border-color: rgb(255 255 255 / 28%);
    background: var(--_background);
    color: var(--_color);
    /* A pill; with several lines of text, not a ball. */
    border-radius: calc(var(--_target) / 2);
  }

  @media (hover: hover) {
    .button.on-picture:hover {
      --_background: rgb(12 18 17 / 88%);
      background: var(--_background);
    }
  }

  .button.on-picture:active {
    background: rgb(12 18 17);
  }

  .button.on-picture[aria-pressed='true'] {
    --_background: #fff;
    --_color: #10201d;
    --_tint: #10201d;
    border-color: transparent;
    background: var(--_background);
  }

  .button.on-picture[aria-pressed='true']:active {
    --_background: #dbe5e2;
  }

  .hud :is(button, select, input):focus-visible,
  .mode input:focus-visible + span,
  .menu:has(:focus-visible) {
    outline: 3px solid #fff;
    outline-offset: 2px;
    box-shadow: 0 0 0 7px rgb(12 18 17 / 72%);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2em;
    padding: var(--_space) min(var(--_space-3), 4cqi);
    border: 1px solid rgb(255 255 255 / 28%);
    font-size: 0.875em;
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }

  .badge:not(.plain)::before {
    content: '';
    flex: none;
    inline-size: 0.625em;
    block-size: 0.625em;
    border-radius: 50%;
    background: #ff6257;
    animation: breathe 1.6s ease-in-out infinite;
  }

  .badge.still::before {
    animation: none;
    background: #fff;
  }

  /* In the badge, as high as its text; where that is narrow, it gives way before the text wraps. */
  .badge .meter {
    flex: 0 1000 3.5em;
    inline-size: 3.5em;
    min-inline-size: 1.25em;
    block-size: 1.25em;
    min-block-size: 0;
    color: inherit;
  }

  .menu {
    position: relative;
  }

  .menu select {
    position: absolute;
    /* Over the border as well. */
    inset: -1px;
    inline-size: calc(100% + 2px);
    block-size: calc(100% + 2px);
    opacity: 0;
    cursor: pointer;
    font: inherit;
  }

  .modes {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    max-inline-size: 100%;
    border-radius: calc(var(--_target) / 2);
    background: rgb(12 18 17 / 66%);
    color: #fff;
  }

  .mode {
    position: relative;
    display: grid;
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    cursor: pointer;
  }

  .mode input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .mode > span {
    display: grid;
    place-items: center;
    margin: var(--_space);
    padding: 0 var(--_space-3);
    border-radius: 999px;
    font-size: 0.875em;
    font-weight: 550;
  }

  .mode input:checked + span {
    background: #fff;
    color: #10201d;
  }

  .zoom {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_target);
    max-inline-size: 100%;
    padding: 0 var(--_space-4);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  .zoom input {
    inline-size: 9em;
    min-inline-size: 0;
    block-size: var(--_target);
    margin: 0;
    accent-color: #fff;
  }

  .factor {
    min-inline-size: 2.5em;
    text-align: end;
  }

  /* A failure lies over the picture, so that nothing moves under the thumb. */
  .hud > .alert {
    z-index: 1;
    align-self: start;
    max-block-size: calc(100% - 2 * var(--_space-3));
    margin: var(--_space-3);
    overflow: auto;
    border-radius: var(--_radius-s);
    pointer-events: auto;
  }

  @container hud (min-aspect-ratio: 6/5) and (max-height: 34em) {
    .hud > .alert {
      margin-inline-end: calc(68px + var(--_space-6));
    }
  }

  /* Beside the shutter there is little room, and the words say enough. */
  @container hud (min-aspect-ratio: 6/5) and (max-width: 24em) {
    .alert .notice > svg {
      display: none;
    }
  }

  .alert:empty {
    display: none;
  }

  .alert .notice {
    align-items: center;
    padding-block: var(--_space);
    padding-inline-end: var(--_space);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  .alert .words {
    flex: 1;
  }

  /* Large letters in a narrow frame: the words have the whole width. */
  @container (max-width: 14em) {
    .alert .notice {
      flex-wrap: wrap;
      justify-content: space-between;
      padding-inline: var(--_space-2);
    }

    .alert .words {
      flex: 1 0 100%;
      order: 1;
      hyphens: auto;
    }
  }

  @media (forced-colors: active) {
    .on-picture,
    .button.on-picture:hover,
    .button.on-picture:active {
      --_background: Canvas;
      --_color: CanvasText;
      --_tint: CanvasText;
      background: Canvas;
      color: CanvasText;
    }

    .button.on-picture[aria-pressed='true'],
    .mode input:checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }

    .modes {
      border: 1px solid CanvasText;
      background: Canvas;
    }

    /*
     * Shadows are not drawn in forced colours, and an outer ring could have the colour of the
     * picture. Inside the button, on its own background, it is visible.
     */
    .hud :is(button, select, input):focus-visible,
    .mode input:focus-visible + span,
    .menu:has(:focus-visible) {
      outline-color: Highlight;
      outline-offset: -5px;
    }

    .badge::before {
      forced-color-adjust: none;
    }
  }
`;
