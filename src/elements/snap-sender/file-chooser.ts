import { html, nothing } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import { readFolderInput } from '../shared/files/chosen-files.js';
import type { ChosenFiles } from '../shared/files/chosen-files.js';

/** Whether the browser can choose folders. */
const HAS_FOLDERS = 'webkitdirectory' in HTMLInputElement.prototype;

/** The browser's dialogs in which people choose files, or a folder. */
export class FileChooser {
  readonly #host: LitElement;
  readonly #take: (chosen: ChosenFiles) => void;

  constructor(host: LitElement, take: (chosen: ChosenFiles) => void) {
    this.#host = host;
    this.#take = take;
  }

  get hasFolders(): boolean {
    return HAS_FOLDERS;
  }

  readonly chooseFiles = (): void => this.#open(false);

  readonly chooseFolder = (): void => this.#open(true);

  /** The input behind both. Render it once, unconditionally. */
  render(accept: string | null): TemplateResult {
    return html`<input type="file" hidden multiple accept=${accept ?? nothing} @change=${this.#chosen} />`;
  }

  #open(folder: boolean): void {
    const input = this.#input;
    input.webkitdirectory = folder;
    input.click();
  }

  readonly #chosen = (): void => {
    const input = this.#input;
    const files = [...(input.files ?? [])];
    // Otherwise choosing the same file again would fire no `change` event.
    input.value = '';
    if (input.webkitdirectory) this.#take(readFolderInput(files));
    else if (files.length > 0) this.#take({ files, unreadable: 0, more: false });
  };

  get #input(): HTMLInputElement {
    return this.#host.renderRoot.querySelector('input')!;
  }
}
