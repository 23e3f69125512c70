import { css } from 'lit';

/** On paper: what can be seen and read, and nothing that would have to be pressed. */
export const print = css`
  @media print {
    .button,
    button:not(.thumb),
    input,
    progress,
    audio,
    .drop-zone {
      display: none !important;
    }

    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
