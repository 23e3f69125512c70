import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isNode } from '../ancestors.js';
import { carriesFiles, filesOf } from './chosen-files.js';

/** Files that are dropped on an element, or pasted while the focus is in it. Text and pictures dragged within a page are left alone. */
export class FileDrop implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #take: (files: readonly File[]) => void;
  #presence: AbortController | null = null;
  #dragging = false;

  constructor(host: ReactiveControllerHost & HTMLElement, take: (files: readonly File[]) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  /** Whether files are being dragged over the element. */
  get dragging(): boolean {
    return this.#dragging;
  }

  hostConnected(): void {
    this.#presence = new AbortController();
    const { signal } = this.#presence;
    // Every `dragover` has to be answered, or the browser opens the file that is dropped.
    this.#host.addEventListener('dragover', (event) => this.#over(event), { signal });
    this.#host.addEventListener('dragleave', (event) => this.#leave(event), { signal });
    this.#host.addEventListener('drop', (event) => this.#drop(event), { signal });
    this.#host.addEventListener('paste', (event) => this.#paste(event), { signal });
  }

  hostDisconnected(): void {
    this.#presence?.abort();
    this.#show(false);
  }

  #over(event: DragEvent): void {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    this.#show(true);
  }

  #leave(event: DragEvent): void {
    const to = event.relatedTarget;
    if (!(isNode(to) && this.#host.contains(to))) this.#show(false);
  }

  #drop(event: DragEvent): void {
    this.#show(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    this.#give(filesOf(event.dataTransfer));
  }

  #paste(event: ClipboardEvent): void {
    const files = filesOf(event.clipboardData);
    if (files.length > 0) event.preventDefault();
    this.#give(files);
  }

  #give(files: readonly File[]): void {
    if (files.length > 0) this.#take(files);
  }

  #show(dragging: boolean): void {
    if (dragging === this.#dragging) return;
    this.#dragging = dragging;
    this.#host.requestUpdate();
  }
}
