import { LitElement } from 'lit';
import { adoptStyles } from './style-sheets.js';

/**
 * An element whose styles come along wherever a page takes it, be it into another document: of an
 * iframe, of a Picture-in-Picture window.
 */
export abstract class AdoptableElement extends LitElement {
  /**
   * Called by the browser when the element has come into another document, which has taken its
   * style sheets away. @internal
   */
  adoptedCallback(): void {
    if (this.shadowRoot) adoptStyles(this.shadowRoot, this.#class.elementStyles);
  }

  /**
   * Not lit's: its style sheets are of the document that the script runs in, and no other takes
   * them.
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
