import { css } from 'lit';

/**
 * The frame, what is in it, and the posters.
 *
 * In an ordinary page the picture decides how high the element is, up to a limit. Where the page
 * gives the element a height, such as `block-size: 100dvh`, it is filled: percentages of a height
 * that nobody gave mean `auto` and no minimum, and a minimum wins over a maximum.
 */
export const styles = css`
  .boundary,
  .root {
    block-size: 100%;
  }

  .frame {
    container-type: inline-size;
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    place-items: stretch;
    /* A row of the page that happens to be very high does not make it higher than the window. */
    block-size: min(100%, 100vh);
    min-block-size: min(100%, 100vh);
    overflow: hidden;
    border-radius: var(--snap-frame-radius, var(--_radius));
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
    inline-size: 100%;
    max-block-size: min(26em, 70vh);
    max-block-size: min(26em, 70svh);
  }

  @container (min-width: 30em) {
    .frame:not(.shows-picture, .sound)::before {
      aspect-ratio: 16 / 9;
    }
  }

  /* The controls need this much, whatever the picture's shape. */
  .frame:is(.live, .sound, .reviews)::before {
    content: '';
    min-block-size: 15em;
  }

  .frame:focus {
    outline: none;
  }

  .frame:focus-visible::after {
    content: '';
    grid-area: 1 / 1;
    z-index: 5;
    border: 3px solid var(--_accent);
    border-radius: inherit;
    pointer-events: none;
  }

  .frame:is(.shows-picture, .reviews) {
    max-block-size: 80vh;
    max-block-size: 80svh;
  }

  /*
   * Black only as far as the picture does not reach. Behind it, black would be seen as a hairline
   * around its rounded corners.
   */
  .frame.shows-picture {
    background: transparent;
  }

  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }

  .shows-picture > video {
    position: static;
    min-block-size: 0;
    background: #000;
  }

  /* The preview of a front camera is mirrored; the photo is not. */
  video.mirrored {
    transform: scaleX(-1);
  }

  .frame > :is(.flying, .spot) {
    grid-area: auto;
  }

  .flying {
    position: absolute;
    z-index: 3;
    pointer-events: none;
    object-fit: cover;
  }

  .spot {
    position: absolute;
    z-index: 1;
    inline-size: 72px;
    block-size: 72px;
    margin: -36px 0 0 -36px;
    border: 2px solid #ffd84d;
    border-radius: 50%;
    box-shadow: 0 0 0 1px rgb(12 18 17 / 40%);
    pointer-events: none;
  }

  /* The poster: shown before the picture, instead of it, or over it while it is paused. */

  .poster {
    z-index: 1;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: safe center;
    gap: var(--_space-3);
    min-block-size: 0;
    padding: min(var(--_space-6), 6cqi);
    /* Never sideways: the browser's own button may be a little wider than it ought to be. */
    overflow: hidden auto;
    border: 1px solid var(--_line);
    border-radius: inherit;
    background: var(--_raised);
    text-align: center;
  }

  .paused .poster {
    border-color: transparent;
    background: color-mix(in srgb, var(--_raised) 88%, transparent);
    backdrop-filter: blur(12px);
  }

  /*
   * Large letters in a narrow frame: as much room as there is for long words. Lines are not
   * balanced, which would break words that fit.
   */
  @container (max-width: 14em) {
    .poster {
      padding-inline: 4cqi;
      hyphens: auto;
    }

    .poster > .message,
    .poster > .message > .title {
      font-size: 1em;
      text-wrap: wrap;
    }

    .poster > .message.small {
      font-size: 0.875em;
    }
  }

  /*
   * Browsers ask at the upper edge of the page. What the person is to do there is said as far from
   * it as possible.
   */
  .asking .poster {
    justify-content: safe end;
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

  .count {
    z-index: 1;
    place-self: center;
    color: #fff;
    font-size: clamp(4em, 22cqi, 9em);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 1;
    text-shadow: 0 2px 24px rgb(0 0 0 / 70%);
    pointer-events: none;
  }

  /* Sound has no picture: how loud it is takes its place, on the same dark ground. */

  .sound.live {
    background: #101a19;
    color: #fff;
  }

  .stage {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
    max-block-size: 100%;
    padding: calc(var(--_target) + var(--_space-4)) var(--_space-4) calc(68px + var(--_space-4));
    place-items: center;
  }

  .has-modes > .stage {
    padding-block-end: calc(68px + var(--_target) + var(--_space-6));
  }

  .meter {
    inline-size: min(100%, 24em);
    block-size: 100%;
    min-block-size: 2em;
    max-block-size: 8em;
    color: #7be3d3;
  }

  @media (forced-colors: active) {
    .frame {
      border: 1px solid CanvasText;
    }

    .poster {
      border: 0;
    }

    .sound.live {
      background: Canvas;
      color: CanvasText;
    }

    .meter {
      color: CanvasText;
    }
  }
`;
