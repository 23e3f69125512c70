import { css } from 'lit';

/**
 * The controls while there is no picture: below the poster, and never on its text. The last photo
 * and the modes are side by side if there is room.
 */
export const belowStyles = css`
  .has-controls:not(.live, .reviews) {
    grid-template-rows: minmax(0, 1fr) auto;
    box-shadow: inset 0 0 0 1px var(--_line);
  }

  .has-controls:not(.live, .reviews)::before,
  .has-controls:not(.live, .reviews) > video {
    grid-row: 1 / -1;
  }

  .has-controls:not(.live, .reviews) > .poster {
    border-color: transparent;
    border-end-start-radius: 0;
    border-end-end-radius: 0;
  }

  .has-controls:not(.live, .reviews) > .hud {
    container: none;
    position: static;
    grid-area: 2 / 1;
  }

  .has-controls.paused > .hud {
    background: color-mix(in srgb, var(--_raised) 88%, transparent);
    backdrop-filter: blur(12px);
  }

  .has-controls:not(.live, .reviews) .layout {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    padding-block-start: 0;
  }

  .has-controls:not(.live, .reviews) .middle {
    flex: 1 1 auto;
    order: 1;
  }

  .has-controls:not(.live, .reviews) .bar {
    display: contents;
  }

  .has-controls:not(.live, .reviews) :is(.tools, .alert) {
    position: absolute;
    inset: 0 0 auto;
  }

  .has-controls:not(.live, .reviews) .tools {
    padding: var(--_edge);
  }
`;
