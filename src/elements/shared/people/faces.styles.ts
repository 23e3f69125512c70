import { css } from 'lit';
import { FACE_COLOURS } from './names.js';

/**
 * Faces: `<span class="face face-3">AF</span>`, initials on a colour. The lightness is the same for
 * all, so each has at least 4.5:1 between the letters and their ground. `busy` is a ring around it
 * while somebody sends; it goes round unless the person has asked for less motion.
 */
const shape = css`
  .face {
    --_face: oklch(45% 0.11 var(--_hue));
    --_on-face: #ffffff;
    position: relative;
    display: inline-grid;
    flex: none;
    place-content: center;
    inline-size: 2.5em;
    block-size: 2.5em;
    border-radius: 50%;
    background: var(--_face);
    color: var(--_on-face);
    font-weight: 650;
    letter-spacing: 0.02em;
    user-select: none;
    -webkit-user-select: none;
  }

  @supports (color: light-dark(#000, #fff)) {
    .face {
      --_face: light-dark(oklch(45% 0.11 var(--_hue)), oklch(82% 0.09 var(--_hue)));
      --_on-face: light-dark(#ffffff, #10201c);
    }
  }

  .face.small-face {
    inline-size: 2em;
    block-size: 2em;
    font-size: 0.75em;
  }

  .face.away {
    opacity: 0.55;
    filter: saturate(0.3);
  }

  .face.busy::after {
    content: '';
    position: absolute;
    inset: -4px;
    border: 2px solid var(--_face);
    border-block-start-color: transparent;
    border-radius: 50%;
    animation: go-round 1s linear infinite;
  }

  @keyframes go-round {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .face.busy::after {
      border-block-start-color: var(--_face);
    }
  }

  @media (forced-colors: active) {
    .face {
      border: 2px solid CanvasText;
    }
  }
`;

/** Neighbours in the list differ much. The hue is in degrees. */
const colours = Array.from(
  { length: FACE_COLOURS },
  (_, at) => css`
    .face-${at} {
      --_hue: ${(at * 150 + 25) % 360};
    }
  `,
);

/** The guard line: see `guard.ts`. */
export const guard = css`
  .guard {
    display: flex;
    align-items: flex-start;
    gap: var(--_space-2);
    max-inline-size: 32em;
    text-align: start;
  }

  .guard > svg {
    flex: none;
    margin-block-start: 0.05em;
    color: var(--_accent);
  }
`;

export const faces = [shape, ...colours];
