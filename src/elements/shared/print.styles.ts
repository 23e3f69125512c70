import { css } from 'lit';

/** On paper: what can be seen and read, and nothing that would have to be pressed. */
export const print = css`
  @media print {
    .button,
    button:not(.thumb),
    progress,
    audio,
    .drop-zone {
      display: none !important;
    }

    /* Nobody scrolls a sheet of paper. */
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
