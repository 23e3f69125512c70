import { css } from 'lit';

/**
 * An element with `hidden` is not seen, whatever a page's reset says of `[hidden]`. With
 * `hidden="until-found"` what is in it can still be found: the browser takes the attribute away
 * when somebody looks for the words. That needs a box, which `display: contents` has not.
 */
export const hidden = css`
  :host([hidden]) {
    display: none !important;
  }

  @supports (content-visibility: hidden) {
    :host([hidden='until-found' i]) {
      display: block !important;
      content-visibility: hidden !important;
    }
  }
`;
