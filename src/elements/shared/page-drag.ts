import { isNode } from '../../ancestors.js';
import { carriesFiles } from './chosen-files.js';

/** Somebody who takes files that are dropped on the page. */
export interface DropTarget {
  /** What is dropped on it, it takes by itself. */
  readonly element: HTMLElement;
  /** Whether a drop at this place is for it. `path`: the place, from the inside out. */
  accepts(path: readonly EventTarget[]): boolean;
  /** Whether it keeps the browser from opening a file that was dropped anywhere else. */
  readonly preventsNavigation: boolean;
  /** Files are being dragged over a place that is for it, or no more. */
  show(dragging: boolean): void;
  take(data: DataTransfer | null): void;
}

const targets = new Set<DropTarget>();
let listening: AbortController | null = null;
/** What began the drag that is going on, where it began in this page. */
let dragStart: Event | null = null;
/**
 * Whether the latest `dragover` was decided about: the page's own parts may keep it to themselves.
 */
let decided = true;

/**
 * Watches what is dragged over the page, until `signal` aborts. A file that is dropped where nobody
 * takes it would be opened by the browser in place of the page, and everything in the page be lost.
 * What the page's own parts handle, and what is dropped on an `<input type=file>`, is left to them.
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
 * Whether files from outside of the page are dragged. A picture of the page that is dragged within
 * it is called a file as well.
 */
export function bringsFiles(event: DragEvent): boolean {
  return carriesFiles(event) && (dragStart === null || dragStart.defaultPrevented);
}

function listen(): AbortController {
  const all = new AbortController();
  const { signal } = all;
  const capture = { capture: true, signal };
  // A drag may begin in any shadow root: the event crosses them all. Its end is not always told, as
  // when what was dragged is gone; but as long as it goes on, no pointer moves.
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
    // Whoever was added last is called last: after everybody else in the page had a chance to
    // handle it.
    const last = (): void => {
      removeEventListener(type, decide);
      addEventListener(type, decide, { signal });
    };
    addEventListener(type, last, capture);
  }
  return all;
}

/** What the page kept to itself was not for any target. */
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

/** Whose the drop would be. On its own element it has answered by now. */
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
 * Where the browser itself makes something of a file. Of fields for text it is not true: a file
 * that is dropped there is opened as anywhere else.
 */
function handlesFiles(target: EventTarget): boolean {
  return isNode(target) && target.nodeName === 'INPUT' && (target as HTMLInputElement).type === 'file';
}

function show(target: DropTarget | null): void {
  for (const each of targets) each.show(each === target);
}
