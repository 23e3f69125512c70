import { css } from 'lit';

/** Who is here, and the name that others see. */
export const peopleStyles = css`
  .invite {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-4);
  }

  .people {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-3);
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2) var(--_space-4);
  }

  .status {
    display: flex;
    align-items: baseline;
    gap: var(--_space-2);
    min-inline-size: 0;
    margin: 0;
    font-weight: 550;
  }

  .dot {
    --_tone: var(--_text-quiet);
    flex: none;
    align-self: center;
    /* The halo stays within the element. */
    margin-inline: 4px 2px;
    inline-size: 0.625em;
    block-size: 0.625em;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_tone);
  }

  .connected > .dot {
    --_tone: var(--_success);
    box-shadow: 0 0 0 4px color-mix(in srgb, var(--_tone) 22%, transparent);
  }

  .reconnecting > .dot {
    --_tone: var(--_warning);
  }

  .persons {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18em), 1fr));
    gap: var(--_space-3) var(--_space-4);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .person {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-inline-size: 0;
    animation: arrive 260ms ease-out;
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }

  .who {
    display: grid;
    min-inline-size: 0;
    line-height: 1.35;
  }

  .name {
    font-weight: 550;
    text-align: start;
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    column-gap: 0.35em;
    min-block-size: 1.35em;
    font-variant-numeric: tabular-nums;
  }

  .facts > span:not(:last-child)::after {
    content: ' ·';
  }

  .self {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_space-3);
    min-inline-size: 0;
  }

  /* The face never stands alone on a line. */
  .me {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-inline-size: 0;
  }

  .me > .small {
    min-inline-size: 0;
  }

  /*
   * Reads as a link in the sentence, and is as high as a finger. On a line of its own its text
   * begins where the line above does.
   */
  .button.link {
    padding-inline: 0;
    color: var(--_accent);
    font-size: 0.875em;
    font-weight: 400;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
  }

  .form {
    gap: var(--_space-2);
  }

  .form > label,
  .form > p {
    flex: 1 0 100%;
  }

  .form > input {
    font: inherit;
  }
`;
