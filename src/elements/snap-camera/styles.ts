import { css } from 'lit';

/** The picture fills the width of the element, uncropped; text and controls lie on top of it. */
export const styles = css`
  .frame {
    container-type: inline-size;
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    place-items: stretch;
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_raised);
    isolation: isolate;
  }

  .frame > *,
  .frame::before {
    grid-area: 1 / 1;
    min-inline-size: 0;
  }

  /* Reserves the space that the picture will most likely take, or more if the text needs it. */
  .frame:not(.shows-picture, .sound)::before {
    content: '';
    aspect-ratio: 4 / 3;
  }

  @container (min-width: 30em) {
    .frame:not(.shows-picture, .sound)::before {
      aspect-ratio: 16 / 9;
    }
  }

  .frame:focus {
    outline: none;
  }

  .frame:focus-visible {
    outline: 3px solid var(--_accent);
  }

  .frame.shows-picture {
    background: #000;
  }

  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }

  .shows-picture video {
    position: static;
    block-size: auto;
    max-block-size: 80vh;
    max-block-size: 80svh;
  }

  /* The preview of a front camera is mirrored; the photo is not. */
  video.mirrored {
    transform: scaleX(-1);
  }

  /* The poster: shown before the picture, instead of it, or over it while it is paused. */

  .poster {
    z-index: 1;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--_space-3);
    padding: min(var(--_space-6), 6cqi);
    border: 1px solid var(--_line);
    border-radius: inherit;
    background: var(--_raised);
    text-align: center;
  }

  .paused .poster {
    border-color: transparent;
    background: color-mix(in srgb, var(--_raised) 88%, transparent);
  }

  .emblem {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 3.75em;
    block-size: 3.75em;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_accent) 14%, var(--_raised));
    color: var(--_accent);
  }

  .emblem svg {
    inline-size: 1.75em;
    block-size: 1.75em;
  }

  .failed .emblem {
    background: color-mix(in srgb, var(--_danger) 12%, var(--_raised));
    color: var(--_danger);
  }

  .message {
    display: grid;
    gap: var(--_space);
    max-inline-size: 26em;
    text-wrap: balance;
  }

  .message p {
    margin: 0;
    text-wrap: inherit;
  }

  .poster .actions {
    justify-content: center;
    margin-block-start: var(--_space);
  }

  .asking .emblem,
  .starting .emblem {
    animation: breathe 1.6s ease-in-out infinite;
  }

  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }

  /*
   * Controls on the picture are white on dark glass in every colour scheme, because the picture may
   * have any colour.
   */

  .controls,
  .badge {
    z-index: 1;
    margin: var(--_space-3);
  }

  .controls {
    place-self: end;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_space-2);
  }

  .on-picture {
    --_background: rgb(12 18 17 / 72%);
    --_color: #fff;
    --_tint: rgb(12 18 17);
    border-color: rgb(255 255 255 / 28%);
    background: var(--_background);
    color: var(--_color);
    border-radius: 999px;
  }

  @media (hover: hover) {
    .on-picture:hover {
      --_background: rgb(12 18 17 / 88%);
    }
  }

  .on-picture:focus-visible {
    outline-color: #fff;
    box-shadow: 0 0 0 7px rgb(12 18 17 / 72%);
  }

  .badge {
    place-self: start;
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space) var(--_space-3);
    font-size: 0.8125em;
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }

  .badge::before {
    content: '';
    inline-size: 0.5em;
    block-size: 0.5em;
    border-radius: 50%;
    background: #5fe08a;
  }

  .badge.recording::before {
    background: #ff6257;
    animation: breathe 1.6s ease-in-out infinite;
  }

  .on-picture.record svg {
    color: #ff8a80;
  }

  /*
   * Where the label would wrap the controls into a second line that reaches the badge, it is hidden
   * visually and the disc alone remains.
   */
  @container (max-width: 22em) {
    .frame:not(.sound) > .controls .record {
      flex: none;
      padding: 0;
      inline-size: var(--_target);
    }

    .frame:not(.sound) > .controls .record .label > span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }

  .count {
    z-index: 1;
    place-self: center;
    color: #fff;
    font-size: clamp(4em, 22cqi, 9em);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 1;
    text-shadow: 0 2px 24px rgb(0 0 0 / 70%);
  }

  .sound {
    min-block-size: 12em;
  }

  .sound .on-picture {
    --_background: var(--_surface);
    --_color: currentcolor;
    --_tint: currentcolor;
    border-color: var(--_line-strong);
  }

  .sound .on-picture:focus-visible {
    outline-color: var(--_accent);
    box-shadow: none;
  }

  .sound .on-picture.record svg {
    color: var(--_danger);
  }

  .sound .badge::before {
    background: var(--_success);
  }

  .sound .badge.recording::before {
    background: var(--_danger);
  }

  .sound.live .poster {
    padding-block-end: calc(var(--_target) + var(--_space-6));
  }

  .notice {
    margin-block-start: var(--_space-3);
  }

  [role='alert']:empty {
    display: none;
  }

  @media (forced-colors: active) {
    .frame {
      border: 1px solid CanvasText;
    }

    .poster {
      border: 0;
    }

    .on-picture {
      --_background: Canvas;
      --_color: CanvasText;
      --_tint: CanvasText;
    }

    /*
     * Shadows are not drawn in forced colours, and an outer ring could have the colour of the
     * picture. Inside the button, on its own background, it is visible.
     */
    .on-picture:focus-visible {
      outline-offset: -5px;
    }

    .badge::before {
      forced-color-adjust: none;
    }
  }
`;
