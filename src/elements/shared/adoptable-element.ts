import { LitElement } from 'lit';
import { adoptStyles } from './style-sheets.js';

/**
 * Base class of elements that keep their styles when a page moves them into another document, such
 * as that of an iframe or a Picture-in-Picture window.
 */
export abstract class AdoptableElement extends LitElement {
  /**
   * Called by the browser when the element has moved into another document, which drops its
   * constructed style sheets. @internal
   */
  adoptedCallback(): void {
    if (this.shadowRoot) adoptStyles(this.shadowRoot, this.#class.elementStyles);
  }

  /**
   * Replaces Lit's version, whose style sheets belong to the script's own document and cannot be
   * used in another.
   */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = this.shadowRoot ?? this.attachShadow(this.#class.shadowRootOptions);
    adoptStyles(root, this.#class.elementStyles);
    return root;
  }

  get #class(): typeof LitElement {
    return this.constructor as typeof LitElement;
  }
}
