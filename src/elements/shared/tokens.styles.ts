import { css } from 'lit';
import { styleBoundary } from './style-boundary.js';
import { hidden } from './hidden.styles.js';
import { print } from './print.styles.js';

/**
 * What all five elements look like: one set of colours, sizes and controls. An element lists `base`
 * before its own styles, and takes every colour, gap and radius from the private `--_…` properties
 * below, so that one public property changes it everywhere.
 *
 * A page sets the public ones on `:root`, on an element, or anywhere between:
 *
 * | property | what it colours or measures |
 * | --- | --- |
 * | `--snap-accent`, `--snap-on-accent` | the main button, progress, links, focus; what is written on it |
 * | `--snap-surface`, `--snap-raised` | the ground of an element; what lies on it |
 * | `--snap-text`, `--snap-text-quiet` | what is read first, unless the element has a `color`; what is read next |
 * | `--snap-line`, `--snap-line-strong` | hairlines; the edges of controls |
 * | `--snap-danger`, `--snap-warning`, `--snap-success` | the three tones of a notice |
 * | `--snap-radius` | corners of panels; controls take two thirds of it |
 * | `--snap-space` | the unit of every gap, a quarter of the usual one |
 * | `--snap-font`, `--snap-font-size` | the type, unless the element has a `font-family`, and its size instead of the person's own; every size of words and pictures is relative to it |
 *
 * Colours follow the `color-scheme` that the page has declared, and through it the person's
 * preference. Nothing here needs more than adopted style sheets: a strict `style-src` lets it
 * through.
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
    --_shadow: 0 1px 2px rgb(10 30 25 / 8%), 0 8px 24px rgb(10 30 25 / 8%);

    --_space: var(--snap-space, 0.25em);
    --_space-2: calc(var(--_space) * 2);
    --_space-3: calc(var(--_space) * 3);
    --_space-4: calc(var(--_space) * 4);
    --_space-6: calc(var(--_space) * 6);

    --_radius: var(--snap-radius, 12px);
    --_radius-s: calc(var(--_radius) * 2 / 3);

    /* What a finger can hit. */
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

/**
 * Buttons: `<button type="button" class="button">`, or `<label class="button">` around a file
 * input. `primary`: the one thing to do next; `quiet`: no edge; `icon`: square, its name in
 * `aria-label`. A variant says what its ground is (`--_background`) and what is written on it
 * (`--_color`); what becomes of both under a pointer follows from them, so that they stay apart.
 */
export const controls = css`
  .button {
    --_background: var(--_surface);
    --_color: currentcolor;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    max-inline-size: 100%;
    margin: 0;
    padding: var(--_space-2) var(--_space-4);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-s);
    background: var(--_background);
    color: var(--_color);
    font: inherit;
    font-weight: 550;
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color var(--_quick),
      border-color var(--_quick),
      opacity var(--_quick);
  }

  .button.primary {
    --_background: var(--_accent);
    --_color: var(--_on-accent);
    /* Away from what is written on it, not towards it. */
    --_tint: var(--_text);
    border-color: transparent;
  }

  .button.quiet {
    --_background: transparent;
    border-color: transparent;
  }

  .button.icon {
    padding: 0;
    inline-size: var(--_target);
    flex: none;
  }

  @media (hover: hover) {
    .button:hover {
      background: color-mix(in srgb, var(--_tint, var(--_color)) 8%, var(--_background));
    }
  }

  .button:active {
    background: color-mix(in srgb, var(--_tint, var(--_color)) 14%, var(--_background));
  }

  .button:disabled,
  .button[aria-disabled='true'] {
    --_background: var(--_raised);
    --_color: var(--_text-quiet);
    border-color: var(--_line);
    background: var(--_background);
    cursor: not-allowed;
  }

  .button.quiet:disabled,
  .button.quiet[aria-disabled='true'] {
    --_background: transparent;
    border-color: transparent;
  }

  /* One ring for everything that can be focused; a label shows it for the input that it hides. */
  :focus-visible,
  .button:has(:focus-visible) {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .button svg,
  svg.glyph {
    flex: none;
    inline-size: 1.375em;
    block-size: 1.375em;
  }

  .rtl svg.onwards {
    transform: scaleX(-1);
  }

  /* In the middle of the letters, and making no line higher. */
  .label svg {
    margin-block: -0.25em;
    vertical-align: -0.1em;
  }

  .label {
    min-inline-size: 0;
    text-wrap: balance;
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }

    .button.primary {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }

    .button:disabled,
    .button[aria-disabled='true'] {
      forced-color-adjust: none;
      border-color: GrayText;
      background: Canvas;
      color: GrayText;
    }

    :focus-visible,
    .button:has(:focus-visible) {
      outline-color: Highlight;
    }
  }
`;

/**
 * Grounds and words on them: `panel`, `notice` (with `danger`, `warning` or `success`), `title`,
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
    align-items: flex-start;
    gap: var(--_space-3);
    padding: var(--_space-3) var(--_space-4);
    border: 1px solid color-mix(in srgb, var(--_tone) 35%, var(--_surface));
    border-radius: var(--_radius-s);
    background: color-mix(in srgb, var(--_tone) 8%, var(--_surface));
  }

  .notice > * {
    min-inline-size: 0;
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

/** All of it, to spread at the head of an element's `static override styles`. */
export const base = [styleBoundary, tokens, hidden, controls, surfaces, print];
