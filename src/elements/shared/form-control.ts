import type { PropertyDeclarations } from 'lit';
import { upgradeProperty } from './configured-element.js';
import { flag, text } from './property-kinds.js';
import { SnapElement } from './snap-element.js';

/**
 * A small element that is also a form control: what every `<input>` has, for a value and a validity
 * that the element itself works out.
 */
export abstract class FormControl extends SnapElement {
  static readonly formAssociated = true;
  /**
   * A browser that stops a form from being submitted moves the focus to what is wrong: it has to
   * find something to focus.
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

  /** Under which name the value goes into the form's data; null: it does not. */
  declare name: string | null;
  /** The form cannot be submitted while the control is empty. */
  declare required: boolean;
  declare disabled: boolean;

  constructor() {
    super();
    upgradeProperty(this, 'form');
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /**
   * As the `form` attribute, the id of a form: for frameworks, which set a property wherever there
   * is one.
   */
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
   * Called by the browser when the control is disabled or enabled, by itself or by a fieldset
   * around it. @internal
   */
  formDisabledCallback(disabled: boolean): void {
    this.setState('disabled', disabled);
    this.requestUpdate();
  }

  /** Called by the browser when the form is reset. @internal */
  abstract formResetCallback(): void;

  /**
   * Whether the control is disabled, by itself or by a fieldset around it. `:disabled` is no help
   * while rendering: attributes follow later.
   */
  protected get isDisabled(): boolean {
    return this.disabled || this.closest('fieldset:disabled') !== null;
  }
}
