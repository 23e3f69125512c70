import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isNode } from '../../../ancestors.js';
import { readDataTransfer } from './chosen-files.js';
import type { ChosenFiles } from './chosen-files.js';
import { bringsFiles, watchDrags } from './page-drag.js';

/** What a `FileDrop` needs to know about its element. */
export interface FileDropHost extends ReactiveControllerHost, HTMLElement {
  /** Files dropped on any element of this hub go to the host. */
  readonly connection: HTMLElement | null;
  /** `page`: files may be dropped anywhere in the page. */
  readonly drop: 'element' | 'page';
}

/**
 * Accepts files and folders that are dropped on the host or on another element of the same hub, or
 * pasted while the host has the focus; with `drop="page"`, both anywhere. It ignores text, links,
 * and images dragged within the page. While the host has a hub, a file dropped elsewhere does not
 * navigate the page away.
 */
export class FileDrop implements ReactiveController {
  readonly #host: FileDropHost;
  readonly #take: (chosen: ChosenFiles) => void;
  #presence: AbortController | null = null;
  #dragging = false;

  constructor(host: FileDropHost, take: (chosen: ChosenFiles) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  /** Whether files are being dragged over a place where the host accepts them. */
  get dragging(): boolean {
    return this.#dragging;
  }

  hostConnected(): void {
    this.#presence = new AbortController();
    const { signal } = this.#presence;
    const host = this.#host;
    // On the host itself these listeners run before those of the page: a page that blocks drops
    // everywhere does not mean to block them here.
    host.addEventListener('dragover', (event) => this.#over(event), { signal });
    host.addEventListener('dragleave', (event) => this.#leave(event), { signal });
    host.addEventListener('drop', (event) => this.#drop(event), { signal });
    host.addEventListener('paste', (event) => this.#paste(event), { signal });
    // Last of all: the page's own code may have a use for what is pasted elsewhere.
    addEventListener('paste', (event) => this.#pasteInPage(event), { signal });
    const target = {
      element: host,
      accepts: (path: readonly EventTarget[]) => this.#accepts(path),
      get preventsNavigation(): boolean {
        return host.connection !== null;
      },
      show: (dragging: boolean) => this.#show(dragging),
      take: (data: DataTransfer | null) => this.#give(data),
    };
    watchDrags(target, signal);
  }

  hostDisconnected(): void {
    this.#presence?.abort();
    this.#show(false);
  }

  /**
   * Whether a drop at this place is for the host: inside the hub, on another element of the hub, or
   * anywhere with `drop="page"`.
   */
  #accepts(path: readonly EventTarget[]): boolean {
    const { connection, drop } = this.#host;
    if (connection === null) return false;
    return drop === 'page' || path.some((each) => each === connection || hubOf(each) === connection);
  }

  #over(event: DragEvent): void {
    if (!bringsFiles(event)) return;
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
    if (!bringsFiles(event)) return;
    event.preventDefault();
    this.#give(event.dataTransfer);
  }

  #paste(event: ClipboardEvent): void {
    if (![...(event.clipboardData?.items ?? [])].some(({ kind }) => kind === 'file')) return;
    event.preventDefault();
    this.#give(event.clipboardData);
  }

  /** With `drop="page"`, files may be pasted anywhere but where one writes. */
  #pasteInPage(event: ClipboardEvent): void {
    const { drop, connection } = this.#host;
    if (drop !== 'page' || connection === null || event.defaultPrevented) return;
    if (!event.composedPath().some(takesText)) this.#paste(event);
  }

  #give(data: DataTransfer | null): void {
    const chosen = readDataTransfer(data);
    if (!(chosen instanceof Promise)) {
      this.#take(chosen);
      return;
    }
    void chosen.then((read) => this.#host.isConnected && this.#take(read));
  }

  #show(dragging: boolean): void {
    if (dragging === this.#dragging) return;
    this.#dragging = dragging;
    this.#host.requestUpdate();
  }
}

/**
 * Checks for the property, not the class: another copy of the script may have defined the element.
 */
function hubOf(target: EventTarget): unknown {
  return isNode(target) && 'connection' in target ? target.connection : null;
}

/** Whether one writes here. */
function takesText(target: EventTarget): boolean {
  if (!isNode(target)) return false;
  const editable = 'isContentEditable' in target && target.isContentEditable === true;
  return editable || target.nodeName === 'TEXTAREA' || target.nodeName === 'INPUT';
}
