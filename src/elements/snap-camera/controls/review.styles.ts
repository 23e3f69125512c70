import { css } from 'lit';

/** What was captured, in place of the picture. */
export const reviewStyles = css`
  .review {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    gap: var(--_space-2);
    padding: var(--_space-3);
    border-radius: inherit;
    background: #0b1110;
    color: #fff;
    pointer-events: auto;
  }

  .review:focus {
    outline: none;
  }

  .review > .tools {
    grid-area: 1 / 1;
    z-index: 1;
  }

  /* Behind everything: a photo is as large as the frame. */
  .exhibit {
    grid-area: 1 / 1 / -1 / -1;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
    place-items: center;
    margin: calc(-1 * var(--_space-3));
  }

  .exhibit > :is(img, video) {
    position: static;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
    object-fit: contain;
  }

  /* Its own controls lie at its lower edge. */
  .exhibit:has(> video) {
    grid-row: 1 / 3;
    margin-block-end: 0;
  }

  .exhibit > audio {
    inline-size: min(100% - 2 * var(--_space-3), 30em);
  }

  .decision {
    grid-area: 3 / 1;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-3);
  }

  .decision .button {
    border-radius: calc(var(--_target) / 2);
  }

  @media (forced-colors: active) {
    .review {
      background: Canvas;
      color: CanvasText;
    }
  }
`;
