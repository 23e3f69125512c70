import { css } from 'lit';

/** The shutter, and the last photo beside it. */
export const shutterStyles = css`
  .shutter,
  .last {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    margin: 0;
    border: 0;
    border-radius: 50%;
    color: #fff;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }

  .shutter {
    inline-size: 68px;
    block-size: 68px;
    padding: 4px;
    border: 4px solid #fff;
    background: rgb(12 18 17 / 45%);
    box-shadow:
      0 0 0 1.5px rgb(12 18 17 / 45%),
      inset 0 0 0 1.5px rgb(12 18 17 / 45%);
    transition: box-shadow 160ms ease-out;
  }

  /* Fills while it is held, until the long press counts. */
  .shutter.held {
    box-shadow:
      0 0 0 10px rgb(255 255 255 / 45%),
      inset 0 0 0 1.5px rgb(12 18 17 / 45%);
    transition: box-shadow 450ms linear;
  }

  .disc {
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 50%;
    background: #fff;
    color: #10201d;
    transition:
      scale 120ms ease-out,
      border-radius 160ms ease-out;
  }

  /* Of a fixed size, as the buttons are that they are in. */
  .disc svg,
  span.shot svg {
    inline-size: 26px;
    block-size: 26px;
  }

  .shutter:active .disc,
  .shutter.held .disc {
    scale: 0.86;
  }

  .record .disc {
    background: #ff5247;
  }

  .record.running .disc {
    border-radius: 24%;
    scale: 0.5;
  }

  .stopping .disc {
    background: transparent;
    color: #fff;
  }

  .last,
  .nest {
    inline-size: 56px;
    block-size: 56px;
  }

  .last {
    padding: 5px;
    background: rgb(12 18 17 / 66%);
  }

  .shot {
    display: grid;
    place-items: center;
    inline-size: 46px;
    block-size: 46px;
    border-radius: 50%;
    object-fit: cover;
    animation: arrive 240ms ease-out;
  }

  .ring {
    position: absolute;
    inset: -2px;
    inline-size: 60px;
    block-size: 60px;
    rotate: -90deg;
    fill: none;
    stroke-width: 4;
    stroke-linecap: round;
  }

  .track {
    stroke: rgb(255 255 255 / 35%);
  }

  .filled {
    stroke: #6fe3c4;
    transition: stroke-dasharray 200ms linear;
  }

  .filled.done {
    stroke: #5fe08a;
  }

  .mark {
    position: absolute;
    inset-block-start: -5px;
    inset-inline-end: -5px;
    display: grid;
    place-items: center;
    min-inline-size: 22px;
    block-size: 22px;
    padding-inline: 5px;
    border-radius: 999px;
    background: #fff;
    color: #10201d;
    font-size: 13px;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    line-height: 1;
  }

  .mark svg {
    inline-size: 14px;
    block-size: 14px;
    stroke-width: 3;
  }

  .mark.tick {
    padding: 0;
    background: #11703f;
    color: #fff;
    animation: arrive 320ms cubic-bezier(0.3, 1.6, 0.6, 1);
  }

  .mark.failure {
    padding: 0;
    background: #b3261e;
    color: #fff;
  }

  .mark > span {
    animation: arrive 200ms ease-out;
  }

  @keyframes arrive {
    from {
      scale: 0.4;
      opacity: 0;
    }
  }

  @media (forced-colors: active) {
    .shutter,
    .last {
      border: 2px solid CanvasText;
      background: Canvas;
    }

    .disc {
      forced-color-adjust: none;
      background: CanvasText;
      color: Canvas;
    }

    .stopping .disc {
      background: Canvas;
      color: CanvasText;
    }

    .mark {
      border: 1px solid CanvasText;
    }

    .track {
      stroke: GrayText;
    }

    .filled,
    .filled.done {
      stroke: Highlight;
    }
  }
`;
