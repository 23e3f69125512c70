import { css } from 'lit';

/**
 * Surfaces and text on them: `panel`, `notice` (with `danger`, `warning` or `success`), `title`,
 * `small`, `actions`, `visually-hidden`.
 */
export const surfaces = css`
  .panel {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .notice {
    --_tone: var(--_accent);
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: var(--_space-2) var(--_space-3);
    padding: var(--_space-3) min(var(--_space-4), 5cqi);
    border: 1px solid color-mix(in srgb, var(--_tone) 35%, var(--_surface));
    border-radius: var(--_radius-s);
    background: color-mix(in srgb, var(--_tone) 8%, var(--_surface));
  }

  .notice > * {
    min-inline-size: 0;
  }

  /* Beside the icon; below it where lines would be of a word or two. */
  .notice > :not(svg, button) {
    flex: 1 1 9em;
  }

  .notice > svg {
    margin-block-start: 0.0625em;
    color: var(--_tone);
  }

  .notice.danger {
    --_tone: var(--_danger);
  }

  .notice.warning {
    --_tone: var(--_warning);
  }

  .notice.success {
    --_tone: var(--_success);
  }

  .title {
    margin: 0;
    font-size: 1.125em;
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
  }

  .small {
    margin: 0;
    color: var(--_text-quiet);
    font-size: 0.875em;
    text-wrap: pretty;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
