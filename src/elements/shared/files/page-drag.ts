import { isNode } from '../../../ancestors.js';
import { carriesFiles } from './chosen-files.js';

/** An element that accepts files dropped on the page. */
export interface DropTarget {
  /** The element handles drops on itself. */
  readonly element: HTMLElement;
  /** Whether a drop at this place is for the element. `path`: the composed path of the event. */
  accepts(path: readonly EventTarget[]): boolean;
  /** Whether to keep the browser from opening files that are dropped anywhere else. */
  readonly preventsNavigation: boolean;
  /** Called when a drag enters or leaves a place where the element accepts files. */
  show(dragging: boolean): void;
  take(data: DataTransfer | null): void;
}

const targets = new Set<DropTarget>();
let listening: AbortController | null = null;
/** The `dragstart` of the current drag, if it started in this page. */
let dragStart: Event | null = null;
/** Whether the latest `dragover` reached our listener. The page's own code may stop it first. */
let decided = true;

/**
 * Watches drags over the page until `signal` aborts. By default a browser opens a file that nobody
 * accepts in place of the page, and everything in the page is lost. Drops that the page's own code
 * handles, and drops on `<input type=file>`, are left alone.
 */
export function watchDrags(target: DropTarget, signal: AbortSignal): void {
  targets.add(target);
  listening ??= listen();
  signal.addEventListener(
    'abort',
    () => {
      targets.delete(target);
      if (targets.size > 0) return;
      listening?.abort();
      listening = null;
      dragStart = null;
    },
    { once: true },
  );
}

/**
 * Whether the drag carries files from outside the page. Browsers also list an image that is dragged
 * within its page as a file.
 */
export function bringsFiles(event: DragEvent): boolean {
  return carriesFiles(event) && (dragStart === null || dragStart.defaultPrevented);
}

function listen(): AbortController {
  const all = new AbortController();
  const { signal } = all;
  const capture = { capture: true, signal };
  // A drag may start in any shadow root; the event is composed. `dragend` is not reliable (the
  // dragged node may be gone), but no pointer event fires during a drag, so the next one ends it
  // too.
  addEventListener('dragstart', (event) => (dragStart = event), capture);
  for (const type of ['dragend', 'pointermove', 'pointerdown'])
    addEventListener(type, () => (dragStart = null), capture);
  addEventListener('dragleave', (event) => !event.relatedTarget && show(null), capture);
  addEventListener('drop', () => show(null), capture);
  addEventListener('dragover', undecided, capture);
  for (const [type, decide] of [
    ['dragover', over],
    ['drop', drop],
  ] as const) {
    // The listener added last runs last, after everything in the page had a chance to handle the
    // event.
    const last = (): void => {
      removeEventListener(type, decide);
      addEventListener(type, decide, { signal });
    };
    addEventListener(type, last, capture);
  }
  return all;
}

/** Clears the highlight if the page's own code stopped the previous `dragover`. */
function undecided(): void {
  if (!decided) show(null);
  decided = false;
}

function over(event: DragEvent): void {
  decided = true;
  const target = targetOf(event);
  show(target);
  if (event.defaultPrevented || !mayHandle(event)) return;
  if (target) answer(event, 'copy');
  else if (preventsNavigation()) answer(event, 'none');
}

function drop(event: DragEvent): void {
  const target = targetOf(event);
  if (event.defaultPrevented || !mayHandle(event) || (!target && !preventsNavigation())) return;
  event.preventDefault();
  target?.take(event.dataTransfer);
}

function answer(event: DragEvent, effect: 'copy' | 'none'): void {
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = effect;
}

/** The target that would get the drop. A target handles drags over its own element earlier. */
function targetOf(event: DragEvent): DropTarget | null {
  if (!bringsFiles(event)) return null;
  const path = event.composedPath();
  const own = [...targets].find(({ element }) => path.includes(element));
  if (own || event.defaultPrevented || !mayHandle(event)) return own ?? null;
  return [...targets].find((target) => target.accepts(path)) ?? null;
}

function preventsNavigation(): boolean {
  return [...targets].some(({ preventsNavigation }) => preventsNavigation);
}

function mayHandle(event: DragEvent): boolean {
  return bringsFiles(event) && !event.composedPath().some(handlesFiles);
}

/**
 * Whether the browser itself accepts files here. Text fields do not: a file dropped on one opens
 * like anywhere else.
 */
function handlesFiles(target: EventTarget): boolean {
  return isNode(target) && target.nodeName === 'INPUT' && (target as HTMLInputElement).type === 'file';
}

function show(target: DropTarget | null): void {
  for (const each of targets) each.show(each === target);
}
