import { css } from 'lit';

/**
 * The design tokens: colours, sizes and gaps of all elements. Styles use only the private `--_…`
 * properties below, so that one public property changes a value everywhere.
 *
 * A page sets the public ones on `:root`, on an element, or anywhere between:
 *
 * | property | what it sets |
 * | --- | --- |
 * | `--snap-accent`, `--snap-on-accent` | main button, progress, links, focus rings; text on it |
 * | `--snap-surface`, `--snap-raised` | the background of an element; of raised areas on it |
 * | `--snap-text`, `--snap-text-quiet` | text, unless the element has a `color`; secondary text |
 * | `--snap-line`, `--snap-line-strong` | hairlines; borders of controls |
 * | `--snap-danger`, `--snap-warning`, `--snap-success` | the three tones of a notice |
 * | `--snap-radius` | corners of panels; controls use two thirds of it |
 * | `--snap-space` | the unit of every gap, a quarter of the usual gap |
 * | `--snap-font` | the typeface, unless the element has a `font-family` |
 * | `--snap-font-size` | the size of text and pictures, in place of the person's own |
 *
 * Colours follow the `color-scheme` that the page declares, and through it the person's preference.
 */
export const tokens = css`
  :host {
    --_accent: var(--snap-accent, #0b6b60);
    --_on-accent: var(--snap-on-accent, #ffffff);
    --_surface: var(--snap-surface, #ffffff);
    --_raised: var(--snap-raised, #f3f6f5);
    --_text: var(--snap-text, #15201d);
    --_text-quiet: var(--snap-text-quiet, #52605c);
    --_line: var(--snap-line, #dbe2df);
    --_line-strong: var(--snap-line-strong, #7a8984);
    --_danger: var(--snap-danger, #b3261e);
    --_warning: var(--snap-warning, #8a5300);
    --_success: var(--snap-success, #1a7436);
    /* For marks, never for text: a warning that is dark enough for text looks brown. */
    --_waiting: color-mix(in srgb, var(--_warning) 30%, #ffa200);
    --_shadow: 0 1px 2px rgb(10 30 25 / 8%), 0 8px 24px rgb(10 30 25 / 8%);

    --_space: var(--snap-space, 0.25em);
    --_space-2: calc(var(--_space) * 2);
    --_space-3: calc(var(--_space) * 3);
    --_space-4: calc(var(--_space) * 4);
    --_space-6: calc(var(--_space) * 6);

    --_radius: var(--snap-radius, 12px);
    --_radius-s: calc(var(--_radius) * 2 / 3);

    /* The smallest touch target. */
    --_target: 44px;
    --_quick: 140ms ease-out;
  }

  @supports (color: light-dark(#000, #fff)) {
    :host {
      --_accent: var(--snap-accent, light-dark(#0b6b60, #5fd6c5));
      --_on-accent: var(--snap-on-accent, light-dark(#ffffff, #04221e));
      --_surface: var(--snap-surface, light-dark(#ffffff, #151b1a));
      --_raised: var(--snap-raised, light-dark(#f3f6f5, #202827));
      --_text: var(--snap-text, light-dark(#15201d, #e9efed));
      --_text-quiet: var(--snap-text-quiet, light-dark(#52605c, #a7b5b1));
      --_line: var(--snap-line, light-dark(#dbe2df, #313b39));
      --_line-strong: var(--snap-line-strong, light-dark(#7a8984, #7f8e89));
      --_danger: var(--snap-danger, light-dark(#b3261e, #ffb4ab));
      --_warning: var(--snap-warning, light-dark(#8a5300, #f4bf63));
      --_success: var(--snap-success, light-dark(#1a7436, #74dd90));
      --_shadow:
        0 1px 2px light-dark(rgb(10 30 25 / 8%), rgb(0 0 0 / 40%)),
        0 8px 24px light-dark(rgb(10 30 25 / 8%), rgb(0 0 0 / 40%));
    }
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
