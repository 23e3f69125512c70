import type { PropertyDeclarations } from 'lit';
import { upgradeProperty } from './configured-element.js';
import { flag, text } from './property-kinds.js';
import { SnapElement } from './snap-element.js';

/**
 * Base class of elements that are form controls: it has the form members of `<input>`. The subclass
 * computes value and validity.
 */
export abstract class FormControl extends SnapElement {
  static readonly formAssociated = true;
  /**
   * When validation blocks a submission, the browser focuses the invalid control, so there must be
   * something in it to focus.
   */
  static override shadowRootOptions: ShadowRootInit = {
    ...SnapElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static override properties: PropertyDeclarations = {
    ...SnapElement.properties,
    name: text('name', { defaultValue: null }),
    required: flag('required'),
    disabled: flag('disabled'),
  };

  /** The name of the control in the form's data; null: it is not submitted. */
  declare name: string | null;
  /** The form cannot be submitted while the control is empty. */
  declare required: boolean;
  declare disabled: boolean;

  /** Aborted when the control leaves its form. */
  #form: AbortController | null = null;

  constructor() {
    super();
    upgradeProperty(this, 'form');
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** Sets the `form` attribute, the id of a form: frameworks set a property wherever one exists. */
  set form(given: HTMLFormElement | string | null | undefined) {
    const id = typeof given === 'string' ? given : given?.id;
    if (id === undefined) this.removeAttribute('form');
    else this.setAttribute('form', id);
  }

  /** The `<label>`s of this control. */
  get labels(): NodeList {
    return this.internals.labels;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /**
   * Called by the browser when the control, or a fieldset around it, is disabled or enabled.
   * @internal
   */
  formDisabledCallback(disabled: boolean): void {
    this.setState('disabled', disabled);
    this.requestUpdate();
  }

  /** Called by the browser when the control gets another form, or none. @internal */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#form?.abort();
    this.#form = form && new AbortController();
    form?.addEventListener('submit', (event) => this.#submit(event), { signal: this.#form?.signal });
  }

  /** The browser sends the form, with the value that the control has now. */
  protected submitted(): void {}

  /** Called by the browser when the form is reset. @internal */
  abstract formResetCallback(): void;

  /**
   * Whether the control or a fieldset around it is disabled. `:disabled` does not help while
   * rendering, because the attribute is reflected later.
   */
  protected get isDisabled(): boolean {
    return this.disabled || this.closest('fieldset:disabled') !== null;
  }

  /** A listener that has not run yet may keep the browser from sending the form. */
  #submit(event: SubmitEvent): void {
    setTimeout(() => {
      if (!event.defaultPrevented) this.submitted();
    });
  }
}
