import { css } from 'lit';

/**
 * Buttons: `<button type="button" class="button">`, or `<label class="button">` around a file
 * input. Variants: `primary` for the main action, `quiet` without a border, `icon` for a square one
 * with an `aria-label`.
 *
 * A variant sets `--_background` and `--_color`; hover and active colours are mixed from the two,
 * which keeps the contrast.
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
    /* Where large letters are in a narrow place, the words need the room. */
    padding: var(--_space-2) min(var(--_space-4), 5cqi);
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
    /* Mixes away from the colour of the text, not towards it. */
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

  /* One focus ring for everything; a label shows it for the input that it hides. */
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

  /* Within its button, whose size does not depend on the font size. */
  .button.icon svg {
    inline-size: min(1.375em, 28px);
    block-size: min(1.375em, 28px);
  }

  .rtl svg.onwards {
    transform: scaleX(-1);
  }

  /* Centred on the letters, without making the line higher. */
  .label svg {
    margin-block: -0.25em;
    margin-inline-end: 0.35em;
    vertical-align: -0.1em;
  }

  /* Without a width: before a word that must go to the next line, it would push that aside. */
  .glue {
    font-size: 0;
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
