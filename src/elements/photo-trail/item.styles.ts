import { css } from 'lit';

/** A tile: the picture in a frame of fixed aspect ratio, the caption below, then the buttons. */
export const itemStyles = css`
  .item {
    display: flex;
    flex-direction: column;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow: hidden;
    break-inside: avoid;
    animation: arrive 260ms ease-out;
  }

  /*
   * Tiles out of view are not laid out or painted: there may be hundreds. The first two dozen
   * always are.
   */
  .item:nth-child(n + 25) {
    content-visibility: auto;
    contain-intrinsic-size: auto 14em;
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(-0.5em);
    }
  }

  .thumb {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    place-items: center;
    align-content: center;
    gap: var(--_space-2);
    inline-size: 100%;
    aspect-ratio: 4 / 3;
    padding: 0;
    border: 0;
    background: var(--_raised);
    color: var(--_text-quiet);
    font: inherit;
    overflow: hidden;
  }

  button.thumb {
    cursor: zoom-in;
  }

  /* The tile clips an outer ring. */
  .item :focus-visible {
    outline-offset: -4px;
  }

  /*
   * The ring is drawn over the picture, which would hide it, and in two contrasting tones, so that
   * one of them is visible on any picture.
   */
  .thumb:is(:focus-visible, :has(:focus-visible))::after {
    content: '';
    position: absolute;
    inset: 0;
    z-index: 1;
    border: 5px solid var(--_on-accent);
    border-radius: inherit;
    outline: 3px solid var(--_accent);
    outline-offset: -3px;
    pointer-events: none;
  }

  .thumb img,
  .thumb video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .thumb video {
    background: #000;
    object-fit: contain;
  }

  .thumb audio {
    inline-size: calc(100% - var(--_space-4));
    block-size: 2.5em;
  }

  .thumb > svg,
  .thumb > [role='img'] > svg {
    inline-size: 2.25em;
    block-size: 2.25em;
  }

  .extension {
    font-size: 0.75em;
    font-weight: 700;
    letter-spacing: 0.06em;
  }

  .preview {
    filter: blur(6px);
    transform: scale(1.08);
  }

  .thumb progress {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    inline-size: 100%;
    block-size: 0.375em;
    border: 0;
    appearance: none;
    background: color-mix(in srgb, var(--_surface) 70%, transparent);
  }

  progress::-webkit-progress-bar {
    background: transparent;
  }

  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size var(--_quick);
  }

  progress::-moz-progress-bar {
    background: var(--_accent);
  }

  .caption {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    padding: var(--_space-2) var(--_space-3) 0;
    line-height: 1.35;
  }

  /*
   * Each line has the direction of its own text, so that the ellipsis is at its end, but all are
   * aligned to the start side of the page.
   */
  .name,
  .details {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .name {
    font-weight: 550;
  }

  .details {
    color: var(--_text-quiet);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }

  .note {
    margin: var(--_space) 0 0;
    color: var(--_text-quiet);
    font-size: 0.8125em;
  }

  .row {
    display: flex;
    margin-block-start: auto;
    padding: var(--_space);
  }

  /* Keeps the remove button apart from the others. */
  .row > :last-child {
    margin-inline-start: auto;
  }

  .row .button {
    flex: 0 1 var(--_target);
    min-inline-size: 2em;
    min-block-size: 2.5em;
    color: var(--_text-quiet);
  }

  .tick {
    display: grid;
    color: var(--_success);
    animation: tick 2s;
  }

  @keyframes tick {
    from {
      transform: scale(0.6);
    }

    10% {
      transform: none;
    }
  }

  @media (forced-colors: active) {
    .thumb:is(:focus-visible, :has(:focus-visible))::after {
      border-color: Canvas;
      outline-color: Highlight;
    }
  }

  /* In print, no tile is split across pages, cropped, or left out because it is out of view. */
  @media print {
    .item:nth-child(n) {
      break-inside: avoid;
      content-visibility: visible;
    }

    .thumb img {
      object-fit: contain;
    }
  }
`;
