import { css } from 'lit';

/** In print, hides every control that would have to be operated. */
export const print = css`
  @media print {
    .button,
    button:not(.thumb),
    progress,
    audio,
    .drop-zone {
      display: none !important;
    }

    /* Paper does not scroll. */
    ul {
      max-block-size: none !important;
      overflow: visible !important;
    }

    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
