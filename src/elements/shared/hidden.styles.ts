import { css } from 'lit';

/**
 * Hides an element with `hidden`, whatever a page's reset does to `[hidden]`. The content of
 * `hidden="until-found"` stays searchable, and the browser removes the attribute when it finds a
 * match. That needs a box, which `display: contents` does not create.
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
